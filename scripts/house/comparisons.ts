/** Comparisons of a value with one of the strings it can be, as the type checker knows them. */
import {
  isBinaryExpression,
  isCallExpression,
  isCaseClause,
  isPropertyAccessExpression,
  isStringLiteral,
  isSwitchStatement,
  SyntaxKind,
  type Expression,
  type Node,
} from 'typescript/unstable/ast';
import type { Checker, Type } from 'typescript/unstable/sync';
import type { Sources } from './sources.ts';

export interface Comparison {
  readonly file: string;
  readonly line: number;
  /** The string that is compared with. */
  readonly literal: string;
  /** The strings that the value can be. */
  readonly of: readonly string[];
}

/** Every `===`, `!==`, `includes` and, beside a default, `case` with a string whose value is of a union of strings. */
export function comparisonsIn(sources: Sources, file: string): Comparison[] {
  const source = sources.sourceFile(file);
  const found: { readonly value: Expression; readonly literal: Expression & { readonly text: string } }[] =
    [];
  const visit = (node: Node): void => {
    for (const [value, literal] of pairsOf(node))
      if (isStringLiteral(literal)) found.push({ value, literal });
    node.forEachChild(visit);
  };
  visit(source);
  if (found.length === 0) return [];
  const { checker } = sources.project;
  const types = checker.getTypeAtLocation(found.map(({ value }) => value));
  return found.flatMap(({ literal }, index) => {
    const of = stringsOf(types[index], checker);
    const line = source.text.slice(0, literal.end).split('\n').length;
    return of.length > 1 ? [{ file, line, literal: literal.text, of }] : [];
  });
}

/** What a node compares: a value, and what may be a string. */
function pairsOf(node: Node): (readonly [value: Expression, literal: Expression])[] {
  if (isBinaryExpression(node)) {
    const { left, right, operatorToken } = node;
    const compares =
      operatorToken.kind === SyntaxKind.EqualsEqualsEqualsToken ||
      operatorToken.kind === SyntaxKind.ExclamationEqualsEqualsToken;
    return compares
      ? [
          [left, right],
          [right, left],
        ]
      : [];
  }
  // One without a default does not compile while a case is missing: it needs nobody to look after it.
  if (isSwitchStatement(node) && node.caseBlock.clauses.some((clause) => !isCaseClause(clause))) {
    return node.caseBlock.clauses.flatMap((clause) =>
      isCaseClause(clause) ? [[node.expression, clause.expression] as const] : [],
    );
  }
  if (isCallExpression(node) && isPropertyAccessExpression(node.expression)) {
    const [first] = node.arguments;
    if (node.expression.name.text === 'includes' && first) return [[node.expression.expression, first]];
  }
  return [];
}

/** The strings that a value of this type can be, or an array of this type can hold. */
function stringsOf(type: Type | undefined, checker: Checker): string[] {
  if (!type) return [];
  if (type.isStringLiteralType()) return [type.value];
  const parts = type.isUnionType()
    ? type.getTypes()
    : checker.isArrayLikeType(type) && type.isTypeReference()
      ? checker.getTypeArguments(type)
      : [];
  return parts.flatMap((part) => stringsOf(part, checker));
}

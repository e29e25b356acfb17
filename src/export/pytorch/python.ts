/** A function of Python around a body that is not indented. */
export const pythonFunction = (name: string, parameters: string, body: string): string =>
  `def ${name}(${parameters}):\n${body.trim().replace(/^(?=.)/gm, '    ')}`;

import { dataRemarks } from '../../data/words.ts';
import { say, type Said } from '../../messages/worded.ts';
import styles from './panels.module.css';

/** What is worth knowing of the data in use, said when it arrives. */
export function Remarks({ remarks }: { readonly remarks: readonly Said[] }) {
  return (
    <div role="status">
      {remarks.length > 0 && (
        <ul className={styles.remarks}>
          {remarks.map((one) => (
            <li key={JSON.stringify(one)}>{say(dataRemarks, one)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

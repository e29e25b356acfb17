/** A line that counts up on a terminal, and says only the quarters in a log. */
import { bytesText } from '../../src/data/words.ts';

export function progressLine(label: string, stream: NodeJS.WriteStream = process.stdout) {
  let quarter = 0;
  let open = false;
  return {
    update(_file: string, loaded: number, total: number): void {
      const share = total > 0 ? loaded / total : 0;
      const text = `${label}: ${bytesText(loaded)} of ${bytesText(total)} (${Math.floor(share * 100)} %)`;
      if (stream.isTTY) {
        stream.write(`\r\u001b[K${text}`);
        open = true;
      } else if (Math.floor(share * 4) > quarter) {
        quarter = Math.floor(share * 4);
        stream.write(`${text}\n`);
      }
    },
    end(): void {
      if (open) stream.write('\r\u001b[K');
    },
  };
}

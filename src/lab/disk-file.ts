/** A file on disk, read piece by piece: so that one split comes out of a 562 MB archive. */
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { NamedBlob } from '../data/sources/dropped-files.ts';

export async function diskFile(path: string): Promise<NamedBlob> {
  const { size } = await stat(path);
  return {
    name: basename(path),
    size,
    slice: (start, end) => ({
      async arrayBuffer() {
        const handle = await open(path);
        try {
          const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - start));
          let at = 0;
          while (at < bytes.length) {
            const { bytesRead } = await handle.read(bytes, at, bytes.length - at, start + at);
            if (bytesRead === 0) break;
            at += bytesRead;
          }
          return bytes.buffer.slice(0, at);
        } finally {
          await handle.close();
        }
      },
    }),
  };
}

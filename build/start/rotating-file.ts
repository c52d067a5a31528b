import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';

export type RotatingFile = {
  write(line: string): void;
  close(): void;
};

/**
 * Lines in a file of at most `maxBytes`, and in one older beside it. Where nothing can be written, on a full disk, the
 * line is lost and `onError` told, and the next one is tried anew.
 */
export function openRotatingFile(
  file: string,
  maxBytes: number,
  onError: (error: unknown) => void,
): RotatingFile {
  let open: { readonly descriptor: number; bytes: number } | undefined;
  const opened = () => {
    const descriptor = openSync(file, 'a', 0o600);
    return { descriptor, bytes: fstatSync(descriptor).size };
  };
  const close = () => {
    if (open !== undefined) closeSync(open.descriptor);
    open = undefined;
  };
  return {
    write(line) {
      try {
        open ??= opened();
        if (open.bytes > maxBytes) {
          close();
          renameSync(file, `${file}.old`);
          open = opened();
        }
        open.bytes += writeSync(open.descriptor, `${line}\n`);
      } catch (error) {
        onError(error);
      }
    },
    close,
  };
}

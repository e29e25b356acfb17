/** Where Dawn finds a Vulkan driver: the system's, or the software one that comes with Chromium. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { browserPath } from '../../browser-path.ts';

/** Folders that may hold Chromium's own Vulkan loader and SwiftShader. */
function chromiumFolders(): string[] {
  const executable = browserPath();
  return [
    '/usr/lib/chromium',
    '/usr/lib/chromium-browser',
    ...(executable ? [path.dirname(executable)] : []),
  ];
}

/**
 * Environment variables for a process that uses Dawn.
 *
 * @param hardware Use the system's driver. Otherwise SwiftShader, as in the headless browser, where Chromium brings it.
 */
export function dawnEnvironment(hardware: boolean): Record<string, string> {
  if (hardware || process.platform !== 'linux' || process.env.VK_ICD_FILENAMES) return {};
  const folder = chromiumFolders().find((each) => existsSync(path.join(each, 'vk_swiftshader_icd.json')));
  if (!folder) return {};
  const libraries = [folder, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return { VK_ICD_FILENAMES: path.join(folder, 'vk_swiftshader_icd.json'), LD_LIBRARY_PATH: libraries };
}

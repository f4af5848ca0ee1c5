import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const text = /\.(js|css|html|json|svg|txt|webmanifest)$/;

/** Writes a .br and a .gz beside every text file of a build: the server sends them as they are. */
export function precompress(): Plugin {
  return {
    name: "kell-precompress",
    apply: "build",
    async writeBundle({ dir = "" }, bundle) {
      const files = Object.keys(bundle).filter((name) => text.test(name));
      await Promise.all(files.map((name) => compress(join(dir, name))));
    },
  };
}

/** Writes `file`.br and `file`.gz, each at its strongest. */
export async function compress(file: string): Promise<void> {
  const plain = await readFile(file);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  await writeFile(`${file}.br`, await promisify(brotliCompress)(plain, quality));
  await writeFile(
    `${file}.gz`,
    await promisify(gzip)(plain, { level: constants.Z_BEST_COMPRESSION }),
  );
}

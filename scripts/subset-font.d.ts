/** What we use of it; it comes without types. */
declare module "subset-font" {
  export interface SubsetOptions {
    targetFormat: "woff2";
    variationAxes?: Record<string, { min: number; max: number }>;
    keepFeatures?: readonly string[];
    dropTables?: readonly string[];
    noHinting?: boolean;
  }
  // biome-ignore lint/style/noDefaultExport: it has one
  export default function subset(
    font: Buffer,
    letters: string,
    options: SubsetOptions,
  ): Promise<Buffer>;
}

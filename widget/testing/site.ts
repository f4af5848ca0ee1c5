import type { Site } from "../loader/site.ts";

export const SITE: Site = {
  ...{ site: "a key&more", base: "https://chat.example", name: "Lõng & Lina" },
  ...{ lang: "et", title: "Vestlus", close: "Sulge", color: "#2f5d50", position: "right" },
  ...{ scheme: "auto", online: true },
};

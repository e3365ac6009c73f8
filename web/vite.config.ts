import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { precompress } from "./build/precompress.ts";

const server = "127.0.0.1:3847";
const http = { target: `http://${server}`, changeOrigin: false };

export default defineConfig({
  plugins: [react(), precompress()],
  // A build driven from elsewhere must be able to leave this folder untouched.
  cacheDir: process.env.VITE_CACHE_DIR ?? "node_modules/.vite",
  build: {
    // No data: addresses, so that the page works under a strict content policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    host: "127.0.0.1",
    proxy: {
      "/api": http,
      "/health": http,
      "/hooks": http,
      "/ws": { target: `ws://${server}`, ws: true },
    },
  },
});

import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { precompress } from './precompress.ts'

/** While developing, the BFF answers everything under /api. */
const BFF = 'http://127.0.0.1:8787'

export default defineConfig({
  plugins: [react(), precompress()],
  build: { target: 'es2022', modulePreload: { polyfill: false }, reportCompressedSize: false },
  server: { host: '127.0.0.1', proxy: { '/api': { target: BFF } } },
})

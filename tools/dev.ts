/** `npm run dev`: the whole product, reloading what you change. */
import { runProduct } from './start/product.ts'

await runProduct('dev')

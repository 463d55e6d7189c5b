/** `npm start`: the whole product on this machine, until Ctrl-C. */
import { runProduct } from './start/product.ts'

await runProduct('start')

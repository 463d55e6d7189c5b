/** Every word in every language, for whoever speaks them all at once: the BFF, its commands, tests. The console loads one language. */
import { en } from './en.ts'
import { ja } from './ja.ts'
import { addWords } from './labels.ts'

addWords('ja', ja)
addWords('en', en)

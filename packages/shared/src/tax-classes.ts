/** How consumption tax treats an amount: at 10 %, at the reduced 8 %, not at all, or outside its scope. */
export const TAX_CLASSES = ['taxable10', 'taxable8', 'non_taxable', 'out_of_scope'] as const
export type TaxClass = (typeof TAX_CLASSES)[number]

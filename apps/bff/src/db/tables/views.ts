export interface SavedViewTable {
  merchantId: string
  viewId: string
  list: string
  name: string
  ownerId: string
  isShared: boolean
  search: string
  columns: string[] | null
  changedAt: Date
}

export interface SavedViewDefaultTable {
  merchantId: string
  userId: string
  list: string
  viewId: string
}

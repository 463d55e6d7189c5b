import { queryOptions } from '@tanstack/react-query'
import { SETUP_DOOR_PATH, type SetupDoor } from '@choba/shared/contracts/setup.ts'
import { request } from './call.ts'

/** Whether there is a merchant here yet. What cannot be asked stays as it is usual: there is one. */
export const setupDoorQuery = queryOptions({
  queryKey: [SETUP_DOOR_PATH],
  queryFn: () => request(SETUP_DOOR_PATH, {}) as Promise<SetupDoor>,
  retry: false,
  staleTime: 0,
})

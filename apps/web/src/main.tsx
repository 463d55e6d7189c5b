import './theme/styles.ts'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { addWords } from '@choba/shared/labels/labels.ts'
import { firstErrors as firstErrorsEn } from '@choba/shared/labels/en/first-errors.ts'
import { shell as shellEn } from '@choba/shared/labels/en/shell.ts'
import { firstErrors } from '@choba/shared/labels/ja/first-errors.ts'
import { shell } from '@choba/shared/labels/ja/shell.ts'
import { createQueryClient } from './api/query-client.ts'
import { THEME_STORAGE_KEY } from './app/theme-choice.ts'
import { createConsoleRouter, goToSignIn } from './routes/router.tsx'
import { resolveVariables, theme } from './theme/theme.ts'

// What stands around every page; the console's own words come with it, in one language, and the door's with the door.
addWords('ja', { ...shell, ...firstErrors })
addWords('en', { ...shellEn, ...firstErrorsEn })

const colorSchemeManager = localStorageColorSchemeManager({ key: THEME_STORAGE_KEY })
const queryClient = createQueryClient(() => goToSignIn(router))
const router = createConsoleRouter(queryClient)

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)

/** The account book on good paper, as a Mantine theme. */
import { type CSSVariablesResolver, createTheme } from '@mantine/core'
import { dark, gray, green, indigo, vermilion } from './palette.ts'

export const FONT_STACK =
  '"Hiragino Sans", "Hiragino Kaku Gothic ProN", "Noto Sans JP", "Noto Sans CJK JP", "BIZ UDPGothic", "Yu Gothic UI", Meiryo, system-ui, sans-serif'
export const MONO_STACK = 'ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "Noto Sans Mono", monospace'

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 6 },
  colors: { indigo, red: vermilion, vermilion, green, gray, dark },
  black: '#1d1c1a',
  white: '#fffefb',
  fontFamily: FONT_STACK,
  fontFamilyMonospace: MONO_STACK,
  fontSizes: { xs: '0.75rem', sm: '0.844rem', md: '0.906rem', lg: '1.0625rem', xl: '1.375rem' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  defaultRadius: 'sm',
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '1.375rem', lineHeight: '1.3' }, h2: { fontSize: '1rem', lineHeight: '1.4' } },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Button: { defaultProps: { size: 'sm' } },
    Drawer: { defaultProps: { transitionProps: { duration: 120 }, overlayProps: { backgroundOpacity: 0.25 } } },
    Modal: {
      defaultProps: { transitionProps: { duration: 120 }, overlayProps: { backgroundOpacity: 0.35 }, centered: true },
    },
    Popover: { defaultProps: { transitionProps: { duration: 80 }, shadow: 'sm' } },
    Menu: { defaultProps: { transitionProps: { duration: 80 }, shadow: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 300, transitionProps: { duration: 80 }, multiline: true, maw: 320 } },
  },
})

/** Colours that Mantine has no name for; `styles.css` reads them. Contrast of text on its ground is AA in each scheme. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#fbfaf7',
    '--mantine-color-text': '#1d1c1a',
    '--mantine-color-dimmed': '#5f5b54',
    '--mantine-color-placeholder': '#6e695f',
    '--mantine-color-default': '#fffefb',
    '--mantine-color-default-hover': '#f3f0e8',
    '--mantine-color-default-border': '#d3cdc0',
    '--mantine-color-error': '#9e1a00',
  },
  dark: {
    '--mantine-color-body': '#171614',
    '--mantine-color-text': '#e9e6df',
    '--mantine-color-dimmed': '#a49e92',
    '--mantine-color-placeholder': '#948e82',
    '--mantine-color-default': '#1f1e1b',
    '--mantine-color-default-hover': '#2a2825',
    '--mantine-color-default-border': '#45423d',
    '--mantine-color-error': '#fd9d89',
  },
})

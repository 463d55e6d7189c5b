/** Every address of the console. A page's code is loaded with its route; what a link should carry is its typed search. */
import type { QueryClient } from '@tanstack/react-query'
import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { sessionQuery } from '../api/session.ts'
import { CrashPage } from '../app/crash-page.tsx'
import { parseCustomersSearch } from '../features/customers/customers-search.ts'
import { parseRescueSearch } from '../features/rescue/rescue-search.ts'
import { parseLinkSearch } from '../features/payment-links/link-search.ts'
import { parseJournalSearch } from '../features/journal/journal-search.ts'
import { parseScreeningSearch } from '../features/screenings/screening-search.ts'
import { parseInvoiceSearch } from '../features/invoices/invoice-search.ts'
import { parseLedgerSearch } from '../features/payments/ledger-search.ts'
import { parseCoverageSearch, parsePayoutsSearch } from '../features/payouts/payouts-search.ts'
import { parseCalendarSearch, parseMonthSearch } from '../features/subscriptions/outlook-search.ts'
import { parseSubscriptionSearch } from '../features/subscriptions/subscription-search.ts'
import { parseSlipSearch } from '../features/slips/slip-search.ts'
import { parseShipmentsSearch } from '../features/shipments/shipments-search.ts'
import { currentLanguage, loadWords } from '../i18n/language.ts'
import { exportRoutes } from './exports.ts'
import * as searches from './searches.ts'
import { loadShell, root, signedIn } from './frame.tsx'
import { settingsRoutes } from './settings.ts'
import { parseSearch, stringifySearch } from './url.ts'

function loadLedger() {
  return import('../features/payments/ledger-page.tsx')
}

/** Small, and apart from the page: it comes before it. */
function loadLedgerQuery() {
  return import('../features/payments/ledger-query.ts')
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: searches.parseSignInSearch,
  component: lazyRouteComponent(() => import('../features/sign-in/sign-in-page.tsx'), 'SignInPage'),
})

const join = createRoute({
  getParentRoute: () => root,
  path: '/join',
  beforeLoad: () => loadWords(currentLanguage()),
  component: lazyRouteComponent(() => import('../features/sign-in/join-page.tsx'), 'JoinPage'),
})

const setUp = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: () => loadWords(currentLanguage()),
  component: lazyRouteComponent(() => import('../features/sign-in/setup-page.tsx'), 'SetupPage'),
})

const home = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  async beforeLoad({ context }) {
    const [session, { firstPlaceFor }] = await Promise.all([
      context.queryClient.ensureQueryData(sessionQuery),
      import('../app/places.ts'),
    ])
    throw redirect({ to: firstPlaceFor(session) })
  },
})

const ledger = createRoute({
  getParentRoute: () => signedIn,
  path: '/payments',
  validateSearch: parseLedgerSearch,
  loaderDeps: ({ search }) => search,
  /** The first rows are asked for while the page's code is still on its way. */
  loader({ context, deps }) {
    loadLedgerQuery().then(
      ({ ledgerPageQuery }) => void context.queryClient.prefetchInfiniteQuery(ledgerPageQuery(deps)),
      () => undefined, // the page itself asks again, and says what it cannot have
    )
  },
  component: lazyRouteComponent(loadLedger, 'LedgerPage'),
})

const payment = createRoute({
  getParentRoute: () => signedIn,
  path: '/payments/$id',
  component: lazyRouteComponent(() => import('../features/payments/payment-page.tsx'), 'PaymentPage'),
})

const approvals = createRoute({
  getParentRoute: () => signedIn,
  path: '/approvals',
  component: lazyRouteComponent(() => import('../features/payments/approvals/approvals-page.tsx'), 'ApprovalsPage'),
})

const everything = createRoute({
  getParentRoute: () => signedIn,
  path: '/payments/$id/everything',
  validateSearch: searches.parseKindsSearch,
  component: lazyRouteComponent(() => import('../features/payments/everything/everything-page.tsx'), 'EverythingPage'),
})

const guarantee = createRoute({
  getParentRoute: () => signedIn,
  path: '/guarantee',
  validateSearch: searches.parseGuaranteeSearch,
  component: lazyRouteComponent(() => import('../features/guarantee/guarantee-page.tsx'), 'GuaranteePage'),
})

const newOrder = createRoute({
  getParentRoute: () => signedIn,
  path: '/orders/new',
  validateSearch: searches.parseNewOrderSearch,
  component: lazyRouteComponent(() => import('../features/order-entry/order-page.tsx'), 'NewOrderPage'),
})

const links = createRoute({
  getParentRoute: () => signedIn,
  path: '/links',
  validateSearch: parseLinkSearch,
  component: lazyRouteComponent(() => import('../features/payment-links/links-page.tsx'), 'LinksPage'),
})

const newLink = createRoute({
  getParentRoute: () => signedIn,
  path: '/links/new',
  component: lazyRouteComponent(() => import('../features/payment-links/new-link-page.tsx'), 'NewLinkPage'),
})

const link = createRoute({
  getParentRoute: () => signedIn,
  path: '/links/$id',
  component: lazyRouteComponent(() => import('../features/payment-links/link-page.tsx'), 'LinkPage'),
})

const customerList = createRoute({
  getParentRoute: () => signedIn,
  path: '/customers',
  validateSearch: parseCustomersSearch,
  component: lazyRouteComponent(() => import('../features/customers/customers-page.tsx'), 'CustomersPage'),
})

const customer = createRoute({
  getParentRoute: () => signedIn,
  path: '/customers/$id',
  component: lazyRouteComponent(() => import('../features/customers/customer-page.tsx'), 'CustomerPage'),
})

const screenings = createRoute({
  getParentRoute: () => signedIn,
  path: '/screenings',
  validateSearch: parseScreeningSearch,
  component: lazyRouteComponent(() => import('../features/screenings/screenings-page.tsx'), 'ScreeningsPage'),
})

const rescue = createRoute({
  getParentRoute: () => signedIn,
  path: '/rescue',
  validateSearch: parseRescueSearch,
  component: lazyRouteComponent(() => import('../features/rescue/rescue-page.tsx'), 'RescuePage'),
})

/** The page above reads which payment it is and draws it beside the list. */
const rescueOne = createRoute({ getParentRoute: () => rescue, path: '$id' })
const slipList = createRoute({
  getParentRoute: () => signedIn,
  path: '/slips',
  validateSearch: parseSlipSearch,
  component: lazyRouteComponent(() => import('../features/slips/slips-page.tsx'), 'SlipsPage'),
})

const returnList = createRoute({
  getParentRoute: () => signedIn,
  path: '/returns',
  validateSearch: searches.parseReturnsSearch,
  component: lazyRouteComponent(() => import('../features/customer-returns/returns-page.tsx'), 'ReturnsPage'),
})

const zombieList = createRoute({
  getParentRoute: () => signedIn,
  path: '/zombies',
  validateSearch: searches.parseZombiesSearch,
  component: lazyRouteComponent(() => import('../features/zombies/zombies-page.tsx'), 'ZombiesPage'),
})

const subscriptionList = createRoute({
  getParentRoute: () => signedIn,
  path: '/subscriptions',
  validateSearch: parseSubscriptionSearch,
  component: lazyRouteComponent(() => import('../features/subscriptions/subscriptions-page.tsx'), 'SubscriptionsPage'),
})

const subscriptionCalendar = createRoute({
  getParentRoute: () => signedIn,
  path: '/subscriptions/calendar',
  validateSearch: parseCalendarSearch,
  component: lazyRouteComponent(() => import('../features/subscriptions/calendar-page.tsx'), 'CalendarPage'),
})

const subscriptionMonth = createRoute({
  getParentRoute: () => signedIn,
  path: '/subscriptions/month',
  validateSearch: parseMonthSearch,
  component: lazyRouteComponent(() => import('../features/subscriptions/month-page.tsx'), 'MonthPage'),
})

const subscriptionUsage = createRoute({
  getParentRoute: () => signedIn,
  path: '/subscriptions/usage',
  validateSearch: searches.parseUsageSearch,
  component: lazyRouteComponent(() => import('../features/subscriptions/usage-page.tsx'), 'UsagePage'),
})

const newSubscription = createRoute({
  getParentRoute: () => signedIn,
  path: '/subscriptions/new',
  component: lazyRouteComponent(
    () => import('../features/subscriptions/new-subscription-page.tsx'),
    'NewSubscriptionPage',
  ),
})

const subscription = createRoute({
  getParentRoute: () => signedIn,
  path: '/subscriptions/$id',
  component: lazyRouteComponent(() => import('../features/subscriptions/subscription-page.tsx'), 'SubscriptionPage'),
})

const slipSheet = createRoute({
  getParentRoute: () => signedIn,
  path: '/slips/$id',
  component: lazyRouteComponent(() => import('../features/slips/slip-sheet-page.tsx'), 'SlipSheetPage'),
})

const invoiceList = createRoute({
  getParentRoute: () => signedIn,
  path: '/invoices',
  validateSearch: parseInvoiceSearch,
  component: lazyRouteComponent(() => import('../features/invoices/invoices-page.tsx'), 'InvoicesPage'),
})

const payoutList = createRoute({
  getParentRoute: () => signedIn,
  path: '/payouts',
  validateSearch: parsePayoutsSearch,
  component: lazyRouteComponent(() => import('../features/payouts/payouts-page.tsx'), 'PayoutsPage'),
})

const payoutCoverage = createRoute({
  getParentRoute: () => signedIn,
  path: '/payouts/coverage',
  validateSearch: parseCoverageSearch,
  component: lazyRouteComponent(() => import('../features/payouts/coverage-page.tsx'), 'CoveragePage'),
})

const payout = createRoute({
  getParentRoute: () => signedIn,
  path: '/payouts/$id',
  component: lazyRouteComponent(() => import('../features/payouts/payout-page.tsx'), 'PayoutPage'),
})

const contracts = createRoute({
  getParentRoute: () => signedIn,
  path: '/contracts',
  component: lazyRouteComponent(() => import('../features/contracts/contracts-page.tsx'), 'ContractsPage'),
})

const shipments = createRoute({
  getParentRoute: () => signedIn,
  path: '/shipments',
  validateSearch: parseShipmentsSearch,
  component: lazyRouteComponent(() => import('../features/shipments/shipments-page.tsx'), 'ShipmentsPage'),
})

const importList = createRoute({
  getParentRoute: () => signedIn,
  path: '/imports',
  validateSearch: searches.parseImportsSearch,
  component: lazyRouteComponent(() => import('../features/imports/imports-page.tsx'), 'ImportsPage'),
})

const statementFiles = createRoute({
  getParentRoute: () => signedIn,
  path: '/imports/statements',
  component: lazyRouteComponent(() => import('./statement-files-page.tsx'), 'StatementFilesPage'),
})

const importOne = createRoute({
  getParentRoute: () => signedIn,
  path: '/imports/$id',
  validateSearch: searches.parseImportSearch,
  component: lazyRouteComponent(() => import('../features/imports/import-page.tsx'), 'ImportPage'),
})

const journalLines = createRoute({
  getParentRoute: () => signedIn,
  path: '/journal',
  validateSearch: parseJournalSearch,
  component: lazyRouteComponent(() => import('../features/journal/journal-page.tsx'), 'JournalPage'),
})

const messages = createRoute({
  getParentRoute: () => signedIn,
  path: '/messages',
  validateSearch: searches.parseMessagesSearch,
  component: lazyRouteComponent(() => import('../features/provider-messages/messages-page.tsx'), 'MessagesPage'),
})

const account = createRoute({
  getParentRoute: () => signedIn,
  path: '/account/security',
  component: lazyRouteComponent(() => import('../features/account/account-page.tsx'), 'AccountPage'),
})

const routeTree = root.addChildren([
  signIn,
  join,
  setUp,
  signedIn.addChildren([
    home,
    ledger,
    payment,
    everything,
    approvals,
    screenings,
    links,
    newLink,
    link,
    rescue.addChildren([rescueOne]),
    guarantee,
    invoiceList,
    slipList,
    slipSheet,
    zombieList,
    returnList,
    subscriptionList,
    subscriptionCalendar,
    subscriptionMonth,
    subscriptionUsage,
    newSubscription,
    subscription,
    payoutList,
    payoutCoverage,
    payout,
    contracts,
    shipments,
    importList,
    statementFiles,
    importOne,
    ...exportRoutes,
    journalLines,
    messages,
    newOrder,
    customerList,
    customer,
    settingsRoutes,
    account,
  ]),
])

export function createConsoleRouter(queryClient: QueryClient) {
  loadAhead(window.location.pathname)
  return createRouter({
    routeTree,
    context: { queryClient },
    parseSearch,
    stringifySearch,
    // What a route's own reader leaves out is out: a condition that makes no sense must not reach the console.
    search: { strict: true },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultErrorComponent: CrashPage,
  })
}

export type ConsoleRouter = ReturnType<typeof createConsoleRouter>

/** When the session has ended under an open page: back to the door, with the way home in hand. */
export function goToSignIn(router: ConsoleRouter): void {
  const { location } = router.state
  if (searches.DOORS.includes(location.pathname)) return
  router.options.context.queryClient.clear()
  void router.navigate({ to: '/sign-in', search: { from: location.href, why: 'ended' } })
}

/** The code of the page is fetched beside the question who is signed in, not after its answer. */
function loadAhead(pathname: string): void {
  if (searches.DOORS.includes(pathname)) return
  void loadShell()
  if (pathname !== '/' && pathname !== '/payments') return
  void loadLedger()
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ConsoleRouter
  }
}

# The console and the sandbox in one image: both run TypeScript as it is, only the pages are built.
FROM node:24-bookworm-slim AS base
WORKDIR /app
RUN npm install --global pnpm@10.34.9

FROM base AS manifests
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY packages/shared/package.json packages/shared/
COPY packages/wire/package.json packages/wire/
COPY apps/bff/package.json apps/bff/
COPY apps/sandbox/package.json apps/sandbox/
COPY apps/web/package.json apps/web/
COPY e2e/package.json e2e/

FROM manifests AS pages
RUN pnpm install --frozen-lockfile --filter @choba/web...
COPY tsconfig.base.json ./
COPY packages packages
COPY apps/web apps/web
RUN pnpm --filter @choba/web build

# The database is another container, so its programs stay out of the image.
FROM manifests AS programs
RUN pnpm install --frozen-lockfile --prod --no-optional --filter @choba/bff... --filter @choba/sandbox...

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8787
COPY --from=programs /app ./
COPY packages packages
COPY apps/bff apps/bff
COPY apps/sandbox apps/sandbox
COPY --from=pages /app/apps/web/dist apps/web/dist
RUN mkdir /sandbox && chown node /sandbox
USER node
EXPOSE 8787
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD node -e "fetch('http://127.0.0.1:'+process.env.PORT+'/readyz').then(a=>process.exit(a.ok?0:1),()=>process.exit(1))"
CMD ["sh", "-c", "node apps/bff/src/cli.ts migrate && exec node apps/bff/src/main.ts"]

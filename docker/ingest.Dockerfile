# The ingest process, where sources receive. Built from the repository's root: docker build -f docker/ingest.Dockerfile .
FROM node:24.21.0-bookworm-slim
WORKDIR /posthorn
# Installed in place: Node refuses to run TypeScript from below node_modules, where `pnpm deploy` would put it.
COPY . .
RUN node scripts/bootstrap.mjs prepare && rm -rf node_modules/.bootstrap
ENV NODE_ENV=production
USER node
ENV POSTHORN_INGEST_PORT=8072
EXPOSE 8072
# Ready: the database answers and has this version's schema. A start migrates it first.
HEALTHCHECK --interval=5s --timeout=4s --start-period=60s CMD node scripts/probe.mjs "$POSTHORN_INGEST_PORT"
CMD ["node", "packages/cli/src/posthorn.ts", "run", "ingest"]

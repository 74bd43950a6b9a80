# The worker process. Built from the repository's root: docker build -f docker/worker.Dockerfile .
FROM node:24.21.0-bookworm-slim
WORKDIR /posthorn
# Installed in place: Node refuses to run TypeScript from below node_modules, where `pnpm deploy` would put it.
COPY . .
RUN node scripts/bootstrap.mjs prepare && rm -rf node_modules/.bootstrap
ENV NODE_ENV=production
USER node
CMD ["node_modules/.bin/node", "packages/cli/src/posthorn.ts", "run", "worker"]

export { type SourceHost, type SourceLinkProps } from './source-host.tsx'
export { SourcePages } from './source-pages.tsx'

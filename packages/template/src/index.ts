export { type Rendered, type Rendering, renderTemplate } from './render-template.ts'
export { TemplateRenderer, type TemplateRendererOptions } from './template-renderer.ts'
export { parseTemplate } from './node.ts'
export { TemplateFault } from './value.ts'

/** A CSS module is a table of class names; a side-effect import of CSS has no value. */
declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>
  export default classes
}

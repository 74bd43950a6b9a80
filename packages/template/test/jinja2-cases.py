"""Writes jinja2-outputs.json: what Jinja2 itself makes of each template. Run by hand: python3 jinja2-cases.py"""

import json
from pathlib import Path

import jinja2

INPUT = {
    "web1": {
        "company_id": 123456,
        "name": "Ada <b>",
        "tags": ["b", "a", "c"],
        "price": 12.5,
        "paid": True,
        "open": False,
        "nothing": None,
        "nested": {"list": [{"id": 1, "n": "one"}, {"id": 2, "n": "two"}]},
        "empty": [],
        "text": "  a b  ",
        "__proto__": "p",
    },
    "res": {"value": "done", "request": True},
}

TEMPLATES = [
    # what the vendor's page shows
    "{{ web1.company_id }}",
    '{% if res.request %}{{ res.value }}{% else %}{"valid": false}{% endif %}',
    "200",
    "{% if web1.paid %}201{% else %}402{% endif %}",
    # output
    "{{ web1.name }}", "{{ web1['name'] }}", "{{ web1.price }}", "{{ web1.paid }}", "{{ web1.open }}",
    "{{ web1.nothing }}", "{{ web1.tags }}", "{{ web1.nested }}", "{{ web1.empty }}", "{{ 'it''s' }}",
    "{{ web1.tags[0] }}", "{{ web1.tags[-1] }}", "{{ web1.tags[1:] }}", "{{ web1.nested.list[1].n }}",
    "{{ web1.name[0] }}", "{{ web1.name[:3] }}", "{{ 3.0 }}", "{{ [1, 2.5, 'x', none, true] }}",
    # undefined
    "[{{ web1.missing }}]", "[{{ missing }}]", "{{ web1.missing is defined }}", "{{ web1.name is defined }}",
    "{{ missing | default('d') }}", "{{ '' | default('d') }}", "{{ '' | default('d', true) }}",
    "{% if web1.missing %}a{% else %}b{% endif %}", "{{ web1.missing or 'x' }}",
    "{% for x in missing %}x{% else %}none{% endfor %}", "{{ web1.nothing is none }}",
    # for
    "{% for t in web1.tags %}{{ loop.index }}{{ t }}{% if not loop.last %},{% endif %}{% endfor %}",
    "{% for t in web1.empty %}x{% else %}empty{% endfor %}",
    "{% for k, v in {'a': 1, 'b': 2}.items() %}{{ k }}={{ v }};{% endfor %}",
    "{% for k in {'a': 1, 'b': 2} %}{{ k }}{% endfor %}",
    "{% for i in range(3) %}{{ i }}{% endfor %}", "{% for i in range(1, 10, 4) %}{{ i }} {% endfor %}",
    "{% for x in web1.nested.list if x.id > 1 %}{{ x.n }}{% endfor %}",
    "{% for t in web1.tags %}{{ loop.first }}{{ loop.index0 }}{{ loop.length }} {% endfor %}",
    # if
    "{% if web1.price > 10 and web1.paid %}yes{% endif %}",
    "{% if web1.price < 10 %}a{% elif web1.price < 20 %}b{% else %}c{% endif %}",
    "{{ 'y' if web1.paid else 'n' }}", "{% if 'a' in web1.tags %}in{% endif %}",
    "{% if 'z' not in web1.tags %}out{% endif %}", "{% if web1.company_id == 123456 %}eq{% endif %}",
    "{% if not web1.open %}closed{% endif %}", "{{ 1 < 2 }}", "{{ web1.tags == ['b', 'a', 'c'] }}",
    # expressions
    "{{ 1 + 2 * 3 }}", "{{ 2 ** 3 ** 2 }}", "{{ -2 ** 2 }}", "{{ 10 - 2 - 3 }}", "{{ not 1 == 2 }}", "{{ 1 if false }}", "{{ 0.1 + 0.2 }}", "{{ 2.5 | round }}", "{{ -7 // 2 }} {{ -7 % 3 }}", "{{ 7 / 2 }}", "{{ 7 // 2 }}", "{{ 7 % 3 }}", "{{ 2 ** 8 }}", "{{ 'a' ~ 1 ~ true }}",
    "{{ 'a' + 'b' }}", "{{ -3 }}", "{{ 4 / 2 }}",
    # set, comments, whitespace
    "{% set x = 5 %}{{ x + 1 }}", "a{# not shown #}b", "a  {%- if true -%}  b  {%- endif -%}  c",
    "{% set ns = namespace(n=0) %}{% for i in range(3) %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}",
    "{% raw %}{{ x }}{% endraw %}", "line\n{% if true %}\nx\n{% endif %}\nend\n",
    "{% macro m(a, b='2') %}{{ a }}{{ b }}{% endmacro %}{{ m('1') }}",
    # filters
    "{{ web1.name | upper }}", "{{ web1.name | lower }}", "{{ 'ada lovelace' | title }}", "{{ 'ada' | capitalize }}",
    "{{ web1.text | trim }}", "{{ web1.tags | join(', ') }}", "{{ web1.tags | length }}", "{{ web1.tags | first }}",
    "{{ web1.tags | last }}", "{{ web1.tags | sort | join }}", "{{ web1.tags | reverse | list }}",
    "{{ web1.nested | tojson }}", "{{ web1.tags | tojson }}", "{{ web1.name | tojson }}", "{{ web1.nothing | tojson }}",
    "{{ '12' | int + 1 }}", "{{ 'x' | int }}", "{{ '1.5' | float }}", "{{ 3.7 | int }}", "{{ -3 | abs }}",
    "{{ web1.name | escape }}", "{{ web1.name | replace('Ada', 'Eva') }}", "{{ web1.nested.list | map(attribute='n') | join('-') }}",
    "{{ web1.nested.list | selectattr('id', 'equalto', 2) | map(attribute='n') | first }}",
    "{{ web1.nested.list | rejectattr('id', 'equalto', 2) | list | length }}", "{{ [1, 2, 3] | sum }}",
    "{{ [1, 2, 2] | unique | list }}", "{{ web1.company_id | string | length }}", "{{ 3.14159 | round(2) }}",
    "{{ {'b': 1, 'a': 2} | dictsort }}", "{{ {'a': 1} | items | list }}", "{{ 'a b c'.split(' ') }}",
    "{{ web1.name.upper() }}", "{{ ' x '.strip() }}", "{{ 'abc'.startswith('a') }}", "{{ web1.get('name') }}",
    "{{ web1.keys() | list | length }}", "{{ 'x' * 3 }}", "{{ web1.tags | batch(2) | list }}",
    "{{ 'hello world' | truncate(8) }}", "{{ '%s-%s' | format('a', 'b') }}", "{{ 'a,b'.replace(',', ';') }}",
    "{{ [3, 1, 2] | max }}", "{{ [3, 1, 2] | min }}", "{{ 'a b' | urlencode }}", "{{ 'hello' | wordcount }}",
    # tests
    "{{ 3 is odd }}", "{{ 'x' is string }}", "{{ 3 is number }}", "{{ web1.tags is iterable }}", "{{ web1 is mapping }}",
    # nothing of the runtime
    "[{{ web1.constructor }}]", "[{{ ''.constructor }}]", "[{{ web1.tags.constructor }}]", "{{ web1['__proto__'] }}",
]


def outcome(template: str) -> dict:
    try:
        return {"output": jinja2.Environment().from_string(template).render(INPUT)}
    except jinja2.TemplateError:
        return {"error": True}


path = Path(__file__).parent / "jinja2-outputs.json"
cases = [{"template": template, **outcome(template)} for template in TEMPLATES]
path.write_text(json.dumps({"jinja2": jinja2.__version__, "input": INPUT, "cases": cases}, indent=1) + "\n")

"""Holds files against the input of CreateDistribution as botocore does before it sends anything, and besides against what its
model lists of words and counts, which botocore leaves to the service. Prints a line of JSON for each file."""

import json
import sys

from botocore.session import get_session
from botocore.validate import ParamValidator


def beyond(value, shape, path):
    """What is no word of an enumeration, and what says another Quantity than it has items."""
    if shape.type_name == "structure" and isinstance(value, dict):
        if "Quantity" in value and value["Quantity"] != len(value.get("Items", [])):
            yield f"{path}: Quantity {value['Quantity']} of {len(value.get('Items', []))} items"
        for name, member in value.items():
            if name in shape.members:
                yield from beyond(member, shape.members[name], f"{path}.{name}")
    elif shape.type_name == "list" and isinstance(value, list):
        for place, item in enumerate(value):
            yield from beyond(item, shape.member, f"{path}[{place}]")
    elif getattr(shape, "enum", None) and value not in shape.enum:
        yield f"{path}: {value!r} is none of {', '.join(shape.enum)}"


model = get_session().get_service_model("cloudfront")
shape = model.operation_model("CreateDistribution").input_shape
for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as file:
        given = json.load(file)
    report = ParamValidator().validate(given, shape)
    problems = report.generate_report().splitlines() if report.has_errors() else []
    problems += beyond(given, shape, "input")
    print(json.dumps({"file": name, "problems": problems}))

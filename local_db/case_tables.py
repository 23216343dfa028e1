"""The tables of cases.db: what the scoreboard counts, and the sums of it."""

from sqlalchemy import Column, Float, Index, Integer, LargeBinary, MetaData, Table, Text

TABLES = MetaData()

meta = Table("meta", TABLES, Column("key", Text, primary_key=True), Column("value", Text))

units = Table(
    "units",
    TABLES,
    Column("n", Integer, primary_key=True),
    Column("level", Text, nullable=False),
    Column("unit_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("district", Integer, nullable=False),  # of a person or street, 0 for several
    Column("post", Text, nullable=False),  # of a person
    Index("units_by_id", "level", "unit_id", unique=True),
)

cases = Table(
    "cases",
    TABLES,
    Column("n", Integer, primary_key=True),
    Column("case_id", Text, nullable=False),
    Column("class_id", Text, nullable=False),  # kind and code: event0110
    Column("state", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("limit_text", Text, nullable=False),
    Column("district", Integer, nullable=False),
    Column("street", Integer, nullable=False),
    Column("org", Integer, nullable=False),
    Column("reported", Integer, nullable=False),  # Unix seconds
    Column("month_due", Integer, nullable=False),
    Column("settled", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("updated", Float, nullable=False),  # Unix seconds
    Index("cases_by_id", "case_id", unique=True),
    Index("cases_by_time", "reported"),
    Index("cases_by_class", "class_id", "reported"),
    Index("cases_by_street", "street", "reported"),
    Index("cases_by_street_class", "street", "class_id", "reported"),
    Index("cases_by_org", "org", "reported"),
)
Index("cases_not_closed", cases.c.state, cases.c.reported, sqlite_where=cases.c.state != "closed")

facts = Table(  # beside each other what is read together: the open ones, a district's month
    "facts",
    TABLES,
    Column("settled", Integer, primary_key=True),
    Column("district", Integer, primary_key=True),
    Column("month_due", Integer, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("facts", LargeBinary, nullable=False),  # case_counts.FACTS
    sqlite_with_rowid=False,
)

classes = Table(
    "classes",
    TABLES,
    Column("k", Integer, primary_key=True),
    Column("class_id", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
)

told = Table(  # beside the cases: assessments by month, and "schemes"
    "told",
    TABLES,
    Column("period", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("at", Float, nullable=False),  # Unix seconds
)

sums = Table(  # of settled cases; the others are counted when they are asked for
    "sums",
    TABLES,
    Column("level", Text, primary_key=True),
    Column("unit", Integer, primary_key=True),
    Column("month", Integer, primary_key=True),
    Column("sums", LargeBinary, nullable=False),  # float64 in the order of case_counts.COUNTED
    sqlite_with_rowid=False,
)

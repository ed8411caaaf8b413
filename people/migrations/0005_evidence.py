"""The schema `audit`: what the app adds to and can never change, and its own rows' owner, who cannot log in.

The tables only. Their functions stand in people/sql/audit and are installed at the end of every migrate.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLES = """
CREATE SCHEMA audit AUTHORIZATION varig_audit;
SET LOCAL ROLE varig_audit;

-- Who read what. One row a household or person read, and one for a refusal.
CREATE TABLE audit.read_log (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at           timestamptz NOT NULL DEFAULT clock_timestamp(),
    employee_id  bigint NOT NULL,
    role         text NOT NULL,
    unit_id      bigint,
    household_id bigint,
    person_id    bigint,
    what         text NOT NULL,
    purpose      text NOT NULL,
    grant_id     bigint,
    route        text NOT NULL,
    request      text NOT NULL,
    refused      boolean NOT NULL
);
CREATE INDEX read_log_by_household ON audit.read_log (household_id, at);
CREATE INDEX read_log_by_employee ON audit.read_log (employee_id, at);
CREATE INDEX read_log_by_time ON audit.read_log (at);

-- The columns that a table had while its rows were entered: entries name theirs.
CREATE TABLE audit.shape (
    id       integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    relation text NOT NULL,
    key      text NOT NULL,
    columns  text[] NOT NULL,
    is_anew  boolean NOT NULL,           -- every row that was there was entered when the shape was made
    at       timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Written by triggers, without waiting for anybody.
CREATE TABLE audit.inbox (
    id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    what text NOT NULL,
    body jsonb NOT NULL
);

-- The chain: numbers without gaps, each hash over the one before.
CREATE TABLE audit.ledger (
    id   bigint PRIMARY KEY,
    at   timestamptz NOT NULL,
    what text NOT NULL,
    body jsonb NOT NULL,
    hash bytea NOT NULL
);
CREATE INDEX ledger_by_table ON audit.ledger (what);

RESET ROLE;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_codes_are_known'),
    ]

    operations = [
        migrations.RunSQL(TABLES, 'DROP SCHEMA audit CASCADE'),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('role', models.CharField(max_length=20)),
                ('unit_id', models.BigIntegerField(null=True)),
                ('household_id', models.BigIntegerField(null=True)),
                ('person_id', models.BigIntegerField(null=True)),
                ('what', models.CharField(choices=[('view', 'Page'), ('list', 'List'), ('search', 'Search hit'), ('print', 'Print'), ('export', 'Export'), ('api', 'Interface'), ('command', 'Command')], max_length=20)),
                ('purpose', models.CharField(choices=[('own_case', 'Own case'), ('unit', 'Own unit'), ('reason', 'Stated reason'), ('grant', 'Granted access'), ('leader', 'Leader of the unit'), ('special_unit', 'Special unit'), ('audit', 'Audit'), ('system', 'System'), ('refused', 'Refused')], max_length=20)),
                ('grant_id', models.BigIntegerField(null=True)),
                ('route', models.CharField(max_length=100)),
                ('request', models.CharField(max_length=40)),
                ('is_refused', models.BooleanField(db_column='refused')),
                ('employee', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': '"audit"."read_log"',
                'managed': False,
            },
        ),
    ]

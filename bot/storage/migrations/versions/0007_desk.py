"""the desk: banks, staff, cases, what was said in them, referrals, looks, sign-ins, promotions"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table('banks',
    sa.Column('id', sa.String(length=40), nullable=False, comment="id of the lender's entry, or general for the desk of everybody else"),
    sa.Column('name_zh', sa.String(length=80), nullable=False),
    sa.Column('name_en', sa.String(length=80), nullable=False),
    sa.Column('group_chat', sa.BigInteger(), nullable=True, comment="the staff's forum group on Telegram"),
    sa.Column('hours', sa.JSON(), nullable=False, comment='what bot.desk.clocks reads: days, opening times, holidays, targets in minutes'),
    sa.Column('active', sa.Boolean(), server_default=sa.true(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_banks')),
    sa.UniqueConstraint('group_chat', name=op.f('uq_banks_group_chat'))
    )
    op.create_table('canned_answers',
    sa.Column('id', _NUMBER, nullable=False),
    sa.Column('bank_id', sa.String(length=40), nullable=True, comment='None for every bank'),
    sa.Column('title', sa.String(length=80), nullable=False),
    sa.Column('zh', sa.Text(), nullable=False),
    sa.Column('en', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['bank_id'], ['banks.id'], name=op.f('fk_canned_answers_bank_id_banks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_canned_answers'))
    )
    op.create_index(op.f('ix_canned_answers_bank_id'), 'canned_answers', ['bank_id'], unique=False)
    op.create_table('staff',
    sa.Column('id', _NUMBER, nullable=False),
    sa.Column('bank_id', sa.String(length=40), nullable=True, comment='None for policy officers and administrators of the installation'),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('role', sa.String(length=16), nullable=False),
    sa.Column('telegram_id', sa.BigInteger(), nullable=True),
    sa.Column('subject', sa.String(length=200), nullable=True, comment="issuer and subject of the bank's own sign-in"),
    sa.Column('region', sa.String(length=6), nullable=True, comment='code of the region that a policy officer speaks for'),
    sa.Column('office', sa.String(length=80), nullable=True),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('deputy', sa.Boolean(), server_default=sa.false(), nullable=False, comment="hears of the bank's cases that wait too long"),
    sa.Column('active', sa.Boolean(), server_default=sa.true(), nullable=False),
    sa.CheckConstraint("role IN ('agent', 'supervisor', 'policy', 'admin')", name=op.f('ck_staff_role')),
    sa.ForeignKeyConstraint(['bank_id'], ['banks.id'], name=op.f('fk_staff_bank_id_banks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff')),
    sa.UniqueConstraint('subject', name=op.f('uq_staff_subject')),
    sa.UniqueConstraint('telegram_id', name=op.f('uq_staff_telegram_id'))
    )
    op.create_index(op.f('ix_staff_bank_id'), 'staff', ['bank_id'], unique=False)
    op.create_table('cases',
    sa.Column('id', _NUMBER, nullable=False),
    sa.Column('owner_id', sa.String(length=80), nullable=False),
    sa.Column('bank_id', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.String(length=16), nullable=False, comment='a value of bot.desk.model.Reason'),
    sa.Column('about', sa.String(length=80), nullable=True, comment='id of the entry that it is about'),
    sa.Column('question', sa.Text(), nullable=False, comment="the owner's words that opened it"),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('status', sa.String(length=8), nullable=False, comment='open: nobody has it; claimed; closed'),
    sa.Column('assignee_id', _NUMBER, nullable=True),
    sa.Column('turn', sa.String(length=8), nullable=False, comment='who is to speak next: staff or owner'),
    sa.Column('version', sa.Integer(), nullable=False, comment='counts the changes; one commits only on the version it read'),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('waiting_since', sa.DateTime(timezone=True), nullable=True, comment="the owner's first word that staff have not answered"),
    sa.Column('first_answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('respond_by', sa.DateTime(timezone=True), nullable=True, comment='when the word that waits is to be answered'),
    sa.Column('resolve_by', sa.DateTime(timezone=True), nullable=False),
    sa.Column('warned_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('escalated_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('outcome', sa.String(length=16), nullable=True, comment='answered, cancelled, moved or lapsed, once it is closed'),
    sa.Column('rating', sa.SmallInteger(), nullable=True, comment='1 to 5, as the owner was served'),
    sa.Column('topic', sa.BigInteger(), nullable=True, comment="Telegram's number of its topic in the bank's group, once there is one"),
    sa.Column('pack', sa.JSON(), nullable=False, comment="the firm's file as it stood when the case was opened"),
    sa.CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name=op.f('ck_cases_ended')),
    sa.CheckConstraint("status IN ('open', 'claimed', 'closed')", name=op.f('ck_cases_status')),
    sa.CheckConstraint("turn IN ('staff', 'owner')", name=op.f('ck_cases_turn')),
    sa.CheckConstraint('rating BETWEEN 1 AND 5', name=op.f('ck_cases_rating')),
    sa.ForeignKeyConstraint(['assignee_id'], ['staff.id'], name=op.f('fk_cases_assignee_id_staff'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['bank_id'], ['banks.id'], name=op.f('fk_cases_bank_id_banks')),
    sa.ForeignKeyConstraint(['owner_id'], ['owners.id'], name=op.f('fk_cases_owner_id_owners'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cases'))
    )
    op.create_index(op.f('ix_cases_assignee_id'), 'cases', ['assignee_id'], unique=False)
    op.create_index(op.f('ix_cases_owner_id'), 'cases', ['owner_id'], unique=False)
    op.create_index('ix_cases_queue', 'cases', ['bank_id', 'status', 'respond_by'], unique=False)
    op.create_index('uq_cases_open', 'cases', ['owner_id'], unique=True, sqlite_where=sa.text("status <> 'closed'"), postgresql_where=sa.text("status <> 'closed'"))
    op.create_table('sign_ins',
    sa.Column('token_hash', sa.String(length=64), nullable=False, comment='of the secret in a one-time link'),
    sa.Column('staff_id', _NUMBER, nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_sign_ins_staff_id_staff'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_sign_ins'))
    )
    op.create_table('visits',
    sa.Column('token_hash', sa.String(length=64), nullable=False, comment="of the secret in the browser's cookie"),
    sa.Column('staff_id', _NUMBER, nullable=False),
    sa.Column('csrf', sa.String(length=64), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_visits_staff_id_staff'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_visits'))
    )
    op.create_table('case_events',
    sa.Column('id', _NUMBER, nullable=False),
    sa.Column('case_id', _NUMBER, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('event', sa.String(length=16), nullable=False, comment='a value of bot.desk.model.Event'),
    sa.Column('staff_id', _NUMBER, nullable=True, comment='None where the advisor or the owner did it'),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_events_case_id_cases'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_case_events_staff_id_staff'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_events'))
    )
    op.create_index(op.f('ix_case_events_case_id'), 'case_events', ['case_id'], unique=False)
    op.create_table('case_messages',
    sa.Column('id', _NUMBER, nullable=False),
    sa.Column('case_id', _NUMBER, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('author', sa.String(length=8), nullable=False, comment='owner, staff, advisor, or note: what only staff see'),
    sa.Column('staff_id', _NUMBER, nullable=True),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('file', sa.JSON(), nullable=True, comment='name, kind and size of a file, and the id by which Telegram gives it again'),
    sa.Column('chat_id', sa.BigInteger(), nullable=True, comment="where it was written: the chat and Telegram's number of it; None from the console"),
    sa.Column('message_id', sa.BigInteger(), nullable=True),
    sa.Column('mirror_id', _NUMBER, nullable=True, comment='the row that shows it on the other side'),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("author IN ('owner', 'staff', 'advisor', 'note')", name=op.f('ck_case_messages_author')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_messages_case_id_cases'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['mirror_id'], ['outbox.id'], name=op.f('fk_case_messages_mirror_id_outbox'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_case_messages_staff_id_staff'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_messages')),
    sa.UniqueConstraint('chat_id', 'message_id', name='uq_case_messages_written')
    )
    op.create_index(op.f('ix_case_messages_case_id'), 'case_messages', ['case_id'], unique=False)
    op.create_index(op.f('ix_case_messages_mirror_id'), 'case_messages', ['mirror_id'], unique=False)
    op.create_table('promotions',
    sa.Column('id', _NUMBER, nullable=False),
    sa.Column('case_id', _NUMBER, nullable=True, comment='None once its owner is erased'),
    sa.Column('bank_id', sa.String(length=40), nullable=True),
    sa.Column('kind', sa.String(length=8), nullable=False, comment='entry, faq, message or quiz'),
    sa.Column('draft', sa.JSON(), nullable=False),
    sa.Column('by_id', _NUMBER, nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reviewer_id', _NUMBER, nullable=True),
    sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('accepted', sa.Boolean(), nullable=True),
    sa.CheckConstraint("kind IN ('entry', 'faq', 'message', 'quiz')", name=op.f('ck_promotions_kind')),
    sa.CheckConstraint('reviewer_id <> by_id', name=op.f('ck_promotions_second_person')),
    sa.ForeignKeyConstraint(['bank_id'], ['banks.id'], name=op.f('fk_promotions_bank_id_banks')),
    sa.ForeignKeyConstraint(['by_id'], ['staff.id'], name=op.f('fk_promotions_by_id_staff'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_promotions_case_id_cases'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['reviewer_id'], ['staff.id'], name=op.f('fk_promotions_reviewer_id_staff'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_promotions'))
    )
    op.create_table('referrals',
    sa.Column('id', _NUMBER, nullable=False),
    sa.Column('receipt', sa.String(length=16), nullable=False),
    sa.Column('owner_id', sa.String(length=80), nullable=False),
    sa.Column('bank_id', sa.String(length=40), nullable=False),
    sa.Column('case_id', _NUMBER, nullable=True),
    sa.Column('product', sa.String(length=80), nullable=True, comment='id of the entry that is applied for'),
    sa.Column('fields', sa.JSON(), nullable=False, comment='the facts and parts that the owner lets this bank see'),
    sa.Column('pack', sa.JSON(), nullable=False, comment='what the bank sees: those fields, as they stood; empty once revoked'),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('outcome', sa.JSON(), nullable=True, comment='what became of it: approved with amount and rate, or declined and why'),
    sa.Column('outcome_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['bank_id'], ['banks.id'], name=op.f('fk_referrals_bank_id_banks')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_referrals_case_id_cases'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['owner_id'], ['owners.id'], name=op.f('fk_referrals_owner_id_owners'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_referrals')),
    sa.UniqueConstraint('receipt', name=op.f('uq_referrals_receipt'))
    )
    op.create_index(op.f('ix_referrals_bank_id'), 'referrals', ['bank_id'], unique=False)
    op.create_index(op.f('ix_referrals_owner_id'), 'referrals', ['owner_id'], unique=False)
    op.create_table('looks',
    sa.Column('id', _NUMBER, nullable=False),
    sa.Column('owner_id', sa.String(length=80), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('bank_id', sa.String(length=40), nullable=True),
    sa.Column('staff_id', _NUMBER, nullable=True),
    sa.Column('what', sa.String(length=16), nullable=False, comment='case, referral, pdf or json'),
    sa.Column('referral_id', _NUMBER, nullable=True),
    sa.ForeignKeyConstraint(['bank_id'], ['banks.id'], name=op.f('fk_looks_bank_id_banks')),
    sa.ForeignKeyConstraint(['owner_id'], ['owners.id'], name=op.f('fk_looks_owner_id_owners'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['referral_id'], ['referrals.id'], name=op.f('fk_looks_referral_id_referrals'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_looks_staff_id_staff'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_looks'))
    )
    op.create_index(op.f('ix_looks_owner_id'), 'looks', ['owner_id'], unique=False)


def downgrade() -> None:

    op.drop_index(op.f('ix_looks_owner_id'), table_name='looks')
    op.drop_table('looks')
    op.drop_index(op.f('ix_referrals_owner_id'), table_name='referrals')
    op.drop_index(op.f('ix_referrals_bank_id'), table_name='referrals')
    op.drop_table('referrals')
    op.drop_table('promotions')
    op.drop_index(op.f('ix_case_messages_mirror_id'), table_name='case_messages')
    op.drop_index(op.f('ix_case_messages_case_id'), table_name='case_messages')
    op.drop_table('case_messages')
    op.drop_index(op.f('ix_case_events_case_id'), table_name='case_events')
    op.drop_table('case_events')
    op.drop_table('visits')
    op.drop_table('sign_ins')
    op.drop_index('uq_cases_open', table_name='cases', sqlite_where=sa.text("status <> 'closed'"), postgresql_where=sa.text("status <> 'closed'"))
    op.drop_index('ix_cases_queue', table_name='cases')
    op.drop_index(op.f('ix_cases_owner_id'), table_name='cases')
    op.drop_index(op.f('ix_cases_assignee_id'), table_name='cases')
    op.drop_table('cases')
    op.drop_index(op.f('ix_staff_bank_id'), table_name='staff')
    op.drop_table('staff')
    op.drop_index(op.f('ix_canned_answers_bank_id'), table_name='canned_answers')
    op.drop_table('canned_answers')
    op.drop_table('banks')

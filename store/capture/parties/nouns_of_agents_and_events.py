"""Nouns that mark a subject as a possible promiser, or as an event."""

from __future__ import annotations

AGENTS = frozenset(
    """
ministry ministries agency agencies government governments side sides party parties delegation office offices secretariat embassy service services
council board committee bureau bureaus police directorate department departments commission organization organisation union state states company institute
university academy prosecutor prosecutors prosecution mission host hosts chair authorities authority ncb center centre court parliament bank administration unit team
taskforce division section customs presidency president minister ministers prime secretary secretaries ambassador chairperson consortium
expert experts official officials member members partner partners leader leaders country countries donor donors coordinator secretary-general
counterpart counterparts colleagues colleague consultant consultants representative representatives economies signatories trainer trainers
interlocutors participants presidents delegations institution institutions association federation kingdom republic society foundation
consulate headquarters command guard inspectorate ombudsman adviser advisers staff officers officer companies nations allies governorate registry
министерство управление служба агентство комитет прокуратура бюро центр делегация сторона стороны посольство секретариат академия институт совет
организация департамент комиссия представители представитель офис суд полиция правительство мвд мид генсекретариат нцб участники эксперты ведомство ведомства
партнеры руководство министр страны коллеги комиссариат инспекция учреждение университет миссия отдел штаб
""".split()
)
"""Heads of subjects that can promise, folded."""

EVENTS = frozenset(
    """
meeting meetings session sessions round rounds workshop workshops seminar seminars training course courses conference consultation consultations dialogue call calls
videoconference videoconferences exercise exercises visit visits review event events forum summit
встреча встречу встречи заседание семинар тренинг курс визит консультации видеоконференция совещание конференция учения
""".split()
)
"""Heads of subjects that are held, folded."""

PERSONS = frozenset(
    """
minister ministers president presidents secretary secretaries ambassador ambassadors director directors envoy chairperson chairman chair head heads chief chiefs commissioner
official officials officer officers expert experts adviser advisers representative representatives coordinator consultant consultants colleague colleagues trainer trainers
counterpart counterparts leader leaders staff member members participants delegates spokesperson chancellor senator governor rapporteur attorney
министр министры директор начальник руководитель эксперт эксперты представитель представители участники руководство коллеги
""".split()
)
"""Heads of subjects that are people in an office, and no institution, folded."""

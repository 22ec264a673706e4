"""Names of public institutions in four languages, as lists have them."""

REAL_INSTITUTIONS = """
Ministry of Justice and Home Affairs
Ministry of Foreign and European Affairs
Ministry of Internal Affairs
Ministry of Women, Family and Community Development
Ministry of Labour and Social Protection of Population
Ministry of Health, Labour and Welfare
Women and Children Protection Centre
Department of Homeland Security
Department for Education
Federal Bureau of Investigation
Bureau of International Narcotics and Law Enforcement Affairs
Drug Enforcement Administration
National Crime Agency
Border Force
HM Revenue and Customs
Crown Prosecution Service
Office of the Prosecutor General
Office to Monitor and Combat Trafficking in Persons
Office for Democratic Institutions and Human Rights
Organization for Security and Co-operation in Europe
Counter-Terrorism Committee Executive Directorate
United Nations Office on Drugs and Crime
UNODC Regional Office
UNODC Regional Office for Central Asia
UNODC ROCA
INTERPOL HTSM
INTERPOL General Secretariat
INTERPOL National Central Bureau
Europol
Europol EMSC
European Migrant Smuggling Centre
Eurojust
Frontex
European Union Agency for Law Enforcement Training
CEPOL
International Organization for Migration
World Customs Organization
World Health Organization
International Centre for Migration Policy Development
Support Office for Mediation
Department of Peace Operations
Central Asian Regional Information and Coordination Centre
Joint Research Centre
Joint Task Force
Joint Task Force North
Lead Agency for Children
Leadership Academy
Coordination Unit for Victims
Main Directorate of Criminal Investigation
Main Intelligence Directorate
Partnership for Peace Office
Supporting Families Agency
Supreme Court
House of Lords
State Border Guard Service
State Security Service
State Customs Committee
National Security Council
National Security Agency
National Police
National Human Rights Institution
National Coordination Council on Migration and Anti-Trafficking
Law Enforcement Academy
Law Enforcement Agency
Public Security Bureau
Public Services International
Police and Customs Cooperation Centre
Police Service of Northern Ireland
Trinidad and Tobago Police Service
Bosnia and Herzegovina Border Police
Antigua and Barbuda Customs
Financial Intelligence Unit
Financial Crimes Enforcement Network
Anti-Money Laundering Council
Training Unit 2
112 Service
14th Directorate
Unit III
Each One Teach One Foundation
Save the Children
Doctors without Borders
Bureau for Cooperation with INTERPOL
Agency for Cooperation with Expatriates
Committee on Relations with Abroad
Office for Victims of Crime
Council to Combat Crime
Agency to Prevent Corruption
AT&T
Research & Analysis Wing
Thames Valley Police
City of London Police
The Hague Academy
Donor Relations Division
Partner Institutions Department of Malta
Министерство внутренних дел
Министерство внутренних дел Республики Узбекистан
Министерство юстиции и общественной безопасности
Министерство труда и социальной защиты населения
Министерство занятости и трудовых отношений
Министерство по делам женщин и семьи
Министерство по чрезвычайным ситуациям
Генеральная прокуратура
Генеральная прокуратура Республики Казахстан
Государственная пограничная служба
Государственный таможенный комитет
Служба государственной безопасности
Комитет по борьбе с организованной преступностью
Главное управление по борьбе с торговлей людьми
Управление по связям с общественностью
Управление ООН по наркотикам и преступности
Бюро по координации борьбы с преступностью
Центральноазиатский региональный информационный координационный центр
Национальное агентство по противодействию коррупции
Совет безопасности
Верховный суд
Академия МВД
Академия правоохранительных органов
Агентство по делам государственных органов
Межведомственная комиссия по противодействию торговле людьми
Уполномоченный по правам человека
Комитет национальной безопасности
Следственный комитет
Бюро судебных экспертиз
Департамент по взаимодействию с правоохранительными органами
НЦБ Интерпола
НЦБ Интерпола в Узбекистане
МВД Узбекистана
УНП ООН
ОБСЕ
Женский комитет
Фонд «Истиқболли авлод»
Отдел сопровождения программ
Ministère de la Justice
Ministère de la Justice et des Droits de l'homme
Ministère de l'Intérieur et de la Sécurité publique
Ministère de la Femme, de la Famille et de l'Enfant
Ministère des Affaires étrangères
Agence nationale de lutte contre la traite des personnes
Agence X et Y
Direction générale de la Police nationale
Direction centrale de la police judiciaire
Gendarmerie nationale
Office central pour la répression de la traite
Cour d'appel de Dakar
Cour pénale internationale
Cellule nationale de traitement des informations financières
Établissement d'aide par le travail
Commissariat à l'énergie atomique et aux énergies alternatives
Conseil national de lutte contre la traite avec siège à Tunis
Tribunal de grande instance
Appui aux victimes France
Ministerio de Justicia
Ministerio de Justicia y Derechos Humanos
Ministerio del Interior y Policía
Ministerio de la Mujer y Poblaciones Vulnerables
Ministerio de Trabajo y Asuntos Sociales
Fiscalía General de la Nación
Fiscalía General de la República
Policía Nacional
Guardia Civil
Procuraduría para la Defensa de los Derechos Humanos
Instituto Nacional de Migración
Secretaría de Relaciones Exteriores
Consejo Nacional contra la Trata de Personas
Oficina para la Atención a Víctimas con Discapacidad
Defensoría del Pueblo
Corte Suprema de Justicia
Dirección de Inteligencia y Seguridad
Unidad de Información y Análisis Financiero
Comisión de Ayuda al Refugiado por la Paz
""".strip().splitlines()

ASKED_ABOUT = {
    *("AT&T", "Bureau for Cooperation with INTERPOL", "Each One Teach One Foundation", "Research & Analysis Wing"),
    *("Bureau of International Narcotics and Law Enforcement Affairs", "Ministerio del Interior y Policía"),
    *("Central Asian Regional Information and Coordination Centre", "Ministry of Foreign and European Affairs"),
    *("Ministry of Justice and Home Affairs", "Office for Democratic Institutions and Human Rights"),
    *("Organization for Security and Co-operation in Europe", "Secretaría de Relaciones Exteriores"),
}
"""Those that are asked about, most since a part of them is the name, or begins the name, of another one of the list."""

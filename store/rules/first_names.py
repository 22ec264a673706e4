"""The first names that are common where visits come from and go to, Russian ones in any case.

Left out are names that are words or places as well (Will, Grant, Georgia, Надежда): where such a one stands tells it.
"""

from __future__ import annotations

from functools import cache

from store.fold_case_and_accents import fold

_LATIN = """
abdullo abdulla abror adam adel adriana agnieszka agnes ahmad ahmed aibek aida aidar aigerim ainura ainur aisha akmal
alan albert alessandro alex alexander alexandra alexei alexey alfred ali alice alicia alina alisher almaz amina amir
ana anara anastasia anatoly andré andrea andreas andrei andrew andrey angela anna anne anneke annette anthony anton
antonio anvar arman arsen artem arthur askar asel aslan aybek azamat aziz aziza bakhrom bakhtiyor bakyt barbara
beatrice bekzod ben benjamin bernard bobur boris botir brian bruno camille carlos carmen caroline catherine cecilia
charles chiara chris christina christine christopher claire clara claudia claudio cristina dana daniel daniela daniele
daniyar darya david deborah denis diana didier diego dilfuza dilnoza dilshod dimitri dinara dmitri dmitry dominik
donald edward eduard ekaterina elena eleonora elias elisabeth elizabeth ellen elmira elnura emil emily emma emomali
eric erik erika erlan ermek ernst esther eugene eva evelyn farid farida farkhod farrukh fatima federica felix fernando
firuza francesca francesco franck françois françoise franz fred frédéric gabriel gabriela galina gary gérard gerald
gerda gerhard gianni giorgi giovanni giulia giuseppe gregory guillaume gulbahor gulnara gulnora gulmira günter gustav
hamid hannah hans harald hassan heather heike heinz helena helmut henri henrik henry hugo husein ibrahim igor ilgar
ilya inga ingrid irina isabel isabelle iskandar islom ivan jacob jacques jakob jakub james jamila jamshed janet javier
jean jennifer jessica joanna johan johannes john jonathan jorge josé josef joseph juan judith jules julia julian julie
julien jürgen kairat kamila karen karim karl karolina katarina katharina katherine kathleen kevin khalid khurshed
konstantin laura laurent layla leila leonid leyla lidia linda lisa lola louis luc lucas lucia luis luisa lukas
lyudmila madina mahmud malika manfred manuel marat marcel marco margaret maria marie mariam marina mario markus martha
martin martina maryam mathias matthew matthias maurice mehmet michael michel mikhail milena mohamed mohammad mohammed
monica monika muhammad murat mustafa nadia nargiza nargis natalia natalie natalya nazira nicholas nicola nicolas
nigora nikita niklas nikolai nikolay nilufar nina nodir noor nora nurlan oksana oleg olga olivier omar omurbek otabek
otto pablo paola parviz pascal patricia patrick paul paula paulina pavel pedro petra philip philippe pierre piotr
rachel rafael rahim ramón rashid raúl ravshan raymond rebecca reinhard richard robert roberto rodrigo roger roland
ronald roza rudolf rukhshona rustam ruslan ruth sabina sabine saida saidakbar samuel sandra sanjar sara sarah sardor
saule sebastian serge sergei sergey sergio sevara shahlo shamil sharon shavkat sherzod silvia simone simon sofie sonja
stanislav stefan stefano stephanie stephen steven susan susanne svetlana sylvie talant tamara tatiana tatyana temur
teresa theodor thierry thomas timothy timur tolib tomas tomasz ulrich ulugbek umar umida ursula uwe vadim valentina
valeria vasily veronika victor vincent viktor viktoria vitaly vladimir walter werner wilhelm wolfgang xavier yana
yasmin yelena yevgeny yulia yuri yusuf zafar zarina zebo zhanna zoran zukhra zulfiya
aram armine artashes ashot begimai daler erkin firdavs gagik gocha hayk irakli khachatur levan lusine manizha nino
suhrob suren tigran tilek vakhtang zhanybek zurab
"""
_RUSSIAN = """
абдулла аброр азамат азиз азиза айбек айгерим айгуль айдар аида айнура акмаль александр александра алексей алёна алина
алишер алла алмаз анара анастасия анатолий андрей анна антон анвар арман арсен артём аскар асель аслан бахром бахтиёр
бакыт бекзод богдан борис ботир вадим валентин валентина валерий валерия варвара василий виктор виктория виталий
владимир владислав вячеслав галина геннадий георгий григорий гульнара гульмира гульбахор дамир данияр дарья денис
джамиля джамшед диана дильшод дильноза дильфуза динара дмитрий евгений евгения егор екатерина елена елизавета ермек
жанна жанар жылдыз зарина зафар зебо зульфия зухра ибрагим иван игорь ильдар ильяс илья инна ирина искандар искандер
камила карим кирилл клаус константин ксения кубат лариса лейла леонид лидия людмила мадина максим малика марат
маргарита мариам марина мария мадлен медер мехмет милена михаил муса мурат мустафа нагима назира наргиза наталия
наталья нелли николай нигора никита нилуфар нина нодир нурлан нурбек оксана олег олеся ольга отабек павел павл парвиз
полина рахим рашид равшан рустам руслан сабина саида санжар сардор сауле светлана севара сергей станислав степан
султан тамара таисия татьяна темур тимофей тимур улугбек умар умида фарид фарида фаррух фархад фарход фатима феруза
фёдор хасан хуршед хусейн шавкат шамиль шахло шерзод эльвира эльмира эльнура эмиль эрлан эрик юлия юрий юсуф яна
ярослав
айк арам армине арташес ашот бегимай вахтанг гагик гоча далер жаныбек зураб ираклий леван лусине манижа нино сурен
сухроб тигран тилек фирдавс хачатур эркин
"""
_ENDINGS = frozenset(("", "а", "у", "ом", "ем", "е", "ы", "и", "ой", "ей", "ью", "ю", "я"))
_LONGEST_ENDING = 2


@cache
def _known() -> tuple[frozenset[str], frozenset[str]]:
    """The Latin names, and the Russian ones without the ending of the nominative, folded."""
    stems = (fold(name) for name in _RUSSIAN.split())
    return frozenset(map(fold, _LATIN.split())), frozenset(name[:-1] if name[-1] in "аяйь" else name for name in stems)


def is_first_name(word: str) -> bool:
    """Whether a word is a first name; a Russian one in any case."""
    latin, stems = _known()
    if word.isascii():
        return word.lower() in latin
    low = fold(word)
    if low[0] < "\u0400":
        return low in latin
    return any(
        low[: len(low) - count] in stems and low[len(low) - count :] in _ENDINGS for count in range(_LONGEST_ENDING + 1)
    )

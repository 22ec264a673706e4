"""Reports as they are written after a visit, for the tests of capture; no person in them is real."""

LYON = """Tashkent, 9 December 2022

From 6 to 8 December 2022 UNODC brought a delegation of MIA Uzbekistan to the General Secretariat of INTERPOL in
Lyon. The participants learned how the organisation works against trafficking in persons.

MIA Uzbekistan affirmed its aspiration to contribute to the TIP Analysis File of INTERPOL. MIA Uzbekistan expressed its
willingness to nominate two officers to ISON. Col. Madina Karimova thanked the hosts.

INTERPOL will send the nomination form to MIA Uzbekistan by 31 January 2023. The weather was cold.

FOLLOW-UP

- INTERPOL will fund a follow-up training by the end of June 2023.
"""

"""Guesses what a refused command line meant, and what to type instead; imported only then.

Which file decides on which line:

    no such command            `vist add`, `postpone 12 to friday`, `Friday`    unknown_command, by command_synonyms
    several words guessed      `set 6 due 1 May`, `archive lyon-2022`           guesses_of_several_words, field_lines
    no such option             `list --location Lyon`                           unknown_option, by option_synonyms
    words too few or many      `show 5 done`, `seats 3 2 of 3`                  wrong_words, words_without_their_option
    no number where one stands `done yesterday 2`, `show INTERPOL`              not_a_number
    a visit or commitment      `trip Lyon 6 Dec`, `task send the list`          entry_lines
    a date out of place        `due 20 Dec`, `due 3 Friday because he is away`  misplaced_dates
    put off by a span          `delay 3 "3 weeks"`                              put_off_by_span
    a query of other programs  `+overdue`, `due.before:eow`                     foreign_query_syntax
    words of a query as fields `list by mia to interpol`                        words_meant_as_fields
    what the store must tell   `reopen 6`, `report Lyon`, `party add IOM`       suggestions_from_the_store,
                                                                                report_with_words, reopen_by_its_state,
                                                                                corrected_names

A proposed line is filled by filled_lines, and keeps what else was typed by kept_options and named_store_and_today.
A state or a reason in it, in English or Russian, is known by state_words.
"""

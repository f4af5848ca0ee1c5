"""Nobody is there: the widget says when somebody will be, in the visitor's own day and hour."""

from playwright.sync_api import expect

from tests.browser.conftest import Opened
from tests.browser.shop import OFFICE, move, set_up

FRIDAY = "2026-11-20T18:00+02:00"
BEFORE_CHRISTMAS = "2026-12-23T18:00+02:00"
CHRISTMAS_EVE = "2026-12-24T11:00+02:00"
SUNDAY_IN_NEW_YORK = "2026-11-22T21:00-05:00"
# In 2027 Europe's clocks change in the night to this Sunday, with nobody at work.
BEFORE_SUMMER_TIME = "2027-03-26T18:00+02:00"

CASES = [
    (FRIDAY, "Europe/Tallinn", "et-EE", "Vastame esmaspäeval kell 9:00"),
    (FRIDAY, "Europe/Tallinn", "ru-RU", "Ответим в понедельник в 9:00"),
    (FRIDAY, "Europe/Tallinn", "uk-UA", "Відповімо в понеділок о 9:00"),
    (FRIDAY, "Europe/Tallinn", "en-GB", "We answer on Monday at 9:00"),
    (FRIDAY, "Pacific/Auckland", "en-GB", "We answer on Monday at 20:00"),
    (SUNDAY_IN_NEW_YORK, "America/New_York", "en-GB", "We answer tomorrow at 2:00"),
    (SUNDAY_IN_NEW_YORK, "Europe/Tallinn", "en-GB", "We answer today at 9:00"),
    (BEFORE_CHRISTMAS, "Europe/Tallinn", "et-EE", "Vastame esmaspäeval kell 9:00"),
    (CHRISTMAS_EVE, "Europe/Tallinn", "et-EE", "Täna suletud: jõululaupäev."),
    (CHRISTMAS_EVE, "Europe/Tallinn", "uk-UA", "Відповімо в понеділок о 9:00"),
    (BEFORE_SUMMER_TIME, "Europe/London", "en-GB", "We answer on Monday at 7:00"),
]


def test_it_says_when_somebody_will_answer(opened: Opened) -> None:
    with opened("sqlite", broken="moved_clock") as street:
        # Holidays are called as the site calls them.
        set_up(street, language="et", hours=OFFICE)
        for at, zone, language, sentence in CASES:
            move(street, at)
            visitor = street.visitor(locale=language, timezone_id=zone)
            visitor.page.goto(f"{street.server.base}/demo")
            visitor.launcher.click()
            inside = visitor.page.frame_locator("kell-chat iframe")
            expect(inside.locator("form")).to_contain_text(sentence)
            visitor.page.context.close()


def test_an_open_widget_hears_that_the_day_is_over(opened: Opened) -> None:
    with opened("sqlite", broken="moved_clock") as street:
        set_up(street, hours=OFFICE)
        move(street, "2026-11-20T16:59:57+02:00")
        visitor = street.visitor(locale="en-GB", timezone_id="Europe/Tallinn").arrive()
        inside = visitor.page.frame_locator("kell-chat iframe")
        expect(inside.get_by_text("We answer on Monday at 9:00")).to_be_visible()
        visitor.say("Then until Monday")
        visitor.sees("Then until Monday")
        expect(inside.get_by_text("We answer on Monday at 9:00")).to_be_visible()

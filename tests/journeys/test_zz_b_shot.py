import pytest
from tests.journeys.test_every_language import *
@pytest.mark.parametrize("language", ["uk","bn","cy"], indirect=True)
def test_shot(language, hand):
    eyes = ReadingAlong(language)
    pupil = hand("8-11", eyes, language.code)
    pupil.starts()
    while not pupil.page.locator(".cards").count():
        taps(pupil, cycle(["skip"]))
    pupil.page.screenshot(path=f"/tmp/u4/B_{language.code}.png", clip=dict(x=0,y=0,width=390,height=1200), full_page=True)
    print(pupil.page.evaluate("""() => [...document.querySelectorAll('.place')].slice(0,3).map(e => { const r=document.createRange(); const s=e.querySelector('span'); r.selectNodeContents(s); const b=e.getBoundingClientRect(), t=r.getBoundingClientRect(); return [s.textContent, b.left,b.right,t.left,t.right,e.scrollWidth,e.clientWidth, e.querySelector('input').getBoundingClientRect().width]})"""))
    print(eyes.faults)

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reports.kit.flow import Block, Gap, lay_out


class Brick:
    """A piece of a height; it is never drawn here."""

    def __init__(self, name, height):
        self.name = name
        self.height = height

    def draw(self, paper, x, y):
        raise AssertionError


def bricks(*heights):
    return tuple(Brick(at, height) for at, height in enumerate(heights))


def names(pages):
    return [[placed.piece.name for placed in page] for page in pages]


def test_pieces_follow_each_other_and_go_on_overleaf():
    assert names(lay_out([Block(bricks(40, 40, 40))], 100)) == [[0, 1], [2]]


def test_the_head_of_a_table_returns_on_every_page():
    head = Brick("head", 10)
    pages = lay_out([Block(bricks(40, 40, 40, 40), head=head)], 100)
    assert names(pages) == [["head", 0, 1], ["head", 2, 3]]


def test_a_table_head_never_stands_alone_at_the_foot():
    before = Block((Brick("before", 85),))
    pages = lay_out([before, Block(bricks(40), head=Brick("head", 10))], 100)
    assert names(pages) == [["before"], ["head", 0]]


def test_a_heading_goes_overleaf_with_the_head_and_first_row_it_announces():
    heading = Block((Brick("heading", 10),), bound=frozenset({0}))
    table = Block(bricks(30), head=Brick("head", 10))
    pages = lay_out([Block((Brick("before", 60),)), heading, table], 100)
    assert names(pages) == [["before"], ["heading", "head", 0]]


def test_a_bound_piece_stays_with_the_next():
    pages = lay_out([Block(bricks(50, 20, 40), bound=frozenset({1}))], 100)
    assert names(pages) == [[0], [1, 2]]


def test_the_last_row_goes_overleaf_with_what_it_is_bound_to_and_the_head():
    head, foot = Brick("head", 10), Block((Brick("foot", 20),), whole=True)
    table = Block(bricks(40, 40), head=head, bound=frozenset({1}))
    assert names(lay_out([table, foot], 100)) == [["head", 0], ["head", 1, "foot"]]
    assert names(lay_out([table, foot], 120)) == [["head", 0, 1, "foot"]]


def test_a_whole_block_is_not_cut():
    pages = lay_out([Block(bricks(60)), Block(bricks(30, 30), whole=True)], 100)
    assert names(pages) == [[0], [0, 1]]


def test_white_space_vanishes_at_the_head_of_a_page():
    pages = lay_out([Block(bricks(90)), Block((Gap(20), Brick("next", 10)), whole=True)], 100)
    assert [placed.y for placed in pages[1]] == [0]


def test_a_last_heading_without_content_is_still_printed():
    heading = Block((Brick("heading", 10),), bound=frozenset({0}))
    assert names(lay_out([heading], 100)) == [["heading"]]


def test_nothing_makes_one_empty_page():
    assert lay_out([], 100) == [[]]


@given(st.lists(st.lists(st.integers(1, 90), max_size=8), max_size=8))
def test_every_piece_is_placed_once_in_order_within_the_page(columns):
    blocks = [Block(bricks(*heights), whole=len(heights) == 1) for heights in columns]
    pages = lay_out(blocks, 100)
    placed = [one for page in pages for one in page]
    assert [one.piece for one in placed] == [piece for block in blocks for piece in block.pieces]
    assert all(one.y + one.piece.height <= 100 for one in placed)

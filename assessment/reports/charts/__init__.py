"""Charts: pure functions from frozen figures to drawings, as text that every page and paper keeps.

Each takes one dataclass, whose `title` tells the finding, and gives an SVG that is safe to put
into a template. Colours, marks and sizes have one meaning throughout: see `palette`.
"""

from assessment.reports.charts.change import (
    ChangeBar,
    ChangePlot,
    ChangeRow,
    change_bar,
    change_limit,
    change_plot,
)
from assessment.reports.charts.intervals import (
    IntervalPlot,
    IntervalRow,
    LevelBar,
    interval_plot,
    level_bar,
)
from assessment.reports.charts.likert import (
    LikertDiverging,
    LikertRow,
    LikertStatement,
    likert_diverging,
    likert_row,
)
from assessment.reports.charts.palette import (
    HeatClass,
    heat,
    heat_class,
    heat_legend,
    ink_on,
    likert_fills,
)
from assessment.reports.charts.radar import Radar, RadarAxis, radar_chart
from assessment.reports.charts.scale import cut_axis
from assessment.reports.charts.shares import (
    ShareBar,
    TeamBlocks,
    TeamState,
    share_bar,
    team_blocks,
)
from assessment.reports.charts.sparkline import Sparkline, sparkline
from assessment.reports.charts.swatch import swatch
from assessment.reports.charts.text import is_drawable, missing
from assessment.reports.charts.trend import Trend, TrendPoint, trend_axis, trend_chart
from assessment.reports.charts.verdict import Verdict

__all__ = [
    "ChangeBar",
    "ChangePlot",
    "ChangeRow",
    "HeatClass",
    "IntervalPlot",
    "IntervalRow",
    "LevelBar",
    "LikertDiverging",
    "LikertRow",
    "LikertStatement",
    "Radar",
    "RadarAxis",
    "ShareBar",
    "Sparkline",
    "TeamBlocks",
    "TeamState",
    "Trend",
    "TrendPoint",
    "Verdict",
    "change_bar",
    "change_limit",
    "change_plot",
    "cut_axis",
    "heat",
    "heat_class",
    "heat_legend",
    "ink_on",
    "interval_plot",
    "is_drawable",
    "level_bar",
    "likert_diverging",
    "likert_fills",
    "likert_row",
    "missing",
    "radar_chart",
    "share_bar",
    "sparkline",
    "swatch",
    "team_blocks",
    "trend_axis",
    "trend_chart",
]

"""The few ways text looks on a chart. Sizes are CSS pixels, three quarters of a point."""

from assessment.reports.charts.palette import BLUE, MUTED
from assessment.reports.charts.text import Style

AXIS = Style(10, fill=MUTED)
"""Along scales and axes."""
AXIS_NOW = Style(10, 600)
"""This round, on an axis."""
LABEL = Style(10.6)
"""What a row or an axis is about."""
LABEL_STRONG = Style(10.6, 600)
FIGURE = Style(10.6, fill=MUTED)
"""The figure beside or under a label."""
VALUE = Style(10, 600)
"""A figure at its point on a line."""
VALUE_NOW = Style(17, 700, BLUE)
"""The newest figure, which is what the chart is about."""
SEGMENT = Style(9.8, 600)
"""A count within a bar; its colour follows the bar's."""

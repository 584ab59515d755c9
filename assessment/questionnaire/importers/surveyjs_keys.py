"""The keys of SurveyJS's JSON: what is carried over, by where it may stand, and what says only how it looks."""

OF_SURVEY = frozenset(["description", "elements", "locale", "pages", "questions", "title"])
OF_SECTION = frozenset(
    ["description", "elements", "name", "questions", "state", "title", "type", "visible", "visibleIf"]
)
OF_HTML = frozenset(["html", "name", "type", "visible", "visibleIf"])
_OF_EVERY = frozenset(
    [
        "description",
        "hasComment",
        "isRequired",
        "name",
        "readOnly",
        "showCommentArea",
        "title",
        "type",
        "valueName",
        "visible",
        "visibleIf",
    ]
)
_CHOICES = frozenset(["choices", "choicesByUrl", "choicesFromQuestion", "choicesMax", "choicesMin", "choicesStep"])
_SEVERAL = _CHOICES | {"maxSelectedChoices", "minSelectedChoices"}
_OF_TYPE = {
    "radiogroup": _CHOICES,
    "dropdown": _CHOICES,
    "buttongroup": _CHOICES,
    "checkbox": _SEVERAL,
    "tagbox": _SEVERAL,
    "rating": frozenset(
        ["maxRateDescription", "minRateDescription", "rateCount", "rateMax", "rateMin", "rateStep", "rateValues"]
    ),
    "boolean": frozenset(["labelFalse", "labelTrue", "valueFalse", "valueTrue"]),
    "text": frozenset(["inputType"]),
    "comment": frozenset(["rows"]),  # how many lines the box has
    "matrix": frozenset(["columns", "eachRowRequired", "isAllRowRequired", "rows"]),
}
_OF_NUMBERS = frozenset(["max", "min"])

# What is off unless a form turns it on: `false` says nothing there.
OFF = frozenset(
    [
        "closeOnSelect",
        "eachRowUnique",
        "hasComment",
        "hasNone",
        "hasOther",
        "hasSelectAll",
        "hideIfChoicesEmpty",
        "hideIfRowsEmpty",
        "isAllRowRequired",
        "isRequired",
        "partialSend",
        "readOnly",
        "sendResultOnPageNext",
        "showClearButton",
        "showCommentArea",
        "showDontKnowItem",
        "showNoneItem",
        "showOtherItem",
        "showRefuseItem",
        "showSelectAllItem",
        "showTimer",
        "useCaseSensitiveComparison",
        "validateOnValueChanging",
    ]
)


def of_element(type_: str, kind: str) -> frozenset[str]:
    """Give the keys of an element that are read, by its type there and the kind of question it becomes here."""
    return _OF_EVERY | _OF_TYPE.get(type_, frozenset()) | (_OF_NUMBERS if kind == "number" else frozenset())


# Told once: these say nothing of what is asked or of what an answer means.
LOOKS = frozenset(
    [
        "allowClear",
        "alternateRows",
        "autoAdvanceEnabled",
        "autoGenerate",
        "autoGrow",
        "autoGrowComment",
        "cellType",
        "colCount",
        "cols",
        "columnMinWidth",
        "completeText",
        "cookieName",
        "css",
        "cssType",
        "displayMode",
        "errorLocation",
        "firstPageIsStartPage",
        "firstPageIsStarted",
        "fitToContainer",
        "focusFirstQuestionAutomatic",
        "goNextPageAutomatic",
        "headerView",
        "height",
        "hideNumber",
        "indent",
        "innerIndent",
        "itemSize",
        "logo",
        "logoFit",
        "logoHeight",
        "logoPosition",
        "logoWidth",
        "maxTextLength",
        "maxWidth",
        "minWidth",
        "mobileView",
        "navigationButtonsVisibility",
        "pageNextText",
        "pagePrevText",
        "placeHolder",
        "placeholder",
        "progressBarLocation",
        "progressBarShowPageNumbers",
        "progressBarShowPageTitles",
        "progressBarType",
        "questionDescriptionLocation",
        "questionErrorLocation",
        "questionStartIndex",
        "questionTitleLocation",
        "questionTitlePattern",
        "questionTitleTemplate",
        "questionTitleWidth",
        "questionsOnPageMode",
        "rateColorMode",
        "rateDisplayMode",
        "rateType",
        "renderAs",
        "requiredMark",
        "requiredText",
        "rightIndent",
        "rowTitleWidth",
        "searchEnabled",
        "separateSpecialChoices",
        "showCompletedPage",
        "showHeader",
        "showNavigationButtons",
        "showNumber",
        "showPageNumbers",
        "showPageTitles",
        "showPrevButton",
        "showPreviewBeforeComplete",
        "showProgressBar",
        "showQuestionNumbers",
        "showTOC",
        "showTitle",
        "startIndex",
        "startSurveyText",
        "startWithNewLine",
        "swapOrder",
        "textUpdateMode",
        "titleLocation",
        "titlePattern",
        "tocLocation",
        "useDisplayValuesInDynamicTexts",
        "useDisplayValuesInTitle",
        "verticalAlign",
        "width",
        "widthMode",
    ]
)

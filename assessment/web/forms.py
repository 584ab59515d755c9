"""Whole forms for staff pages, and the CSRF token that every form carries."""

from flask_wtf import CSRFProtect, FlaskForm
from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import InputRequired, Length

csrf = CSRFProtect()


class SignInForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """An address, a password, and where to go afterwards."""

    email = EmailField(
        "E-mail address",
        [InputRequired("Enter your e-mail address."), Length(max=254, message="This is too long for an address.")],
    )
    password = PasswordField(
        "Password",
        [InputRequired("Enter your password."), Length(max=256, message="A password has at most 256 characters.")],
    )
    next = HiddenField()

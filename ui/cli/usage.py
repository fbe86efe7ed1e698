"""Wrong usage of the command line, said in one Chinese sentence."""

from __future__ import annotations

import click

from models.errors import UserError

_SHOWN = 20


def usage_error(error: click.ClickException) -> UserError:
    """What is wrong with the command as it was typed, and where its usage is explained."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    path = context.command_path if context else "main.py"
    return UserError("usage", _sentence(error), f"用法见：{path} --help")


def _sentence(error: click.ClickException) -> str:
    match error:
        case click.MissingParameter():
            return f"缺少{_named(error.param)}。"
        case click.BadParameter():
            return f"{_named(error.param)} 写得不对{_wanted(error.param)}。"
        case click.NoSuchOption():
            return f"没有“{error.option_name}”这个选项。"
        case click.NoSuchCommand():
            return f"没有“{error.command_name}”这个命令。"
        case click.BadOptionUsage():
            return f"选项“{error.option_name}”后面要写内容，或不该写内容。"
        case click.BadArgumentUsage():
            return "参数的个数不对。"
        case click.exceptions.NoArgsIsHelpError():
            return "没有写命令。"
        case _ if error.message.startswith("Missing command"):
            return "没有写命令。"
        case _ if error.message.startswith("Got unexpected"):
            return "多写了参数；文件名里有空格的，请加上引号。"
        case _:
            return "命令写得不对。"


def _named(param: click.Parameter | None) -> str:
    """An option by its name, an argument by its place holder."""
    if param is None:
        return "参数"
    if isinstance(param, click.Option):
        return f"选项 {param.opts[0]}"
    return f"参数 {(param.name or '').upper()}"


def _wanted(param: click.Parameter | None) -> str:
    match param.type if param is not None else None:
        case click.Choice() as choice:
            return f"，应为{'、'.join(str(one) for one in choice.choices[:_SHOWN])}之一"
        case click.IntRange(min=int(low)):
            return f"，应为不小于 {low} 的整数"
        case click.types.IntParamType():
            return "，应为整数"
        case _:
            return ""

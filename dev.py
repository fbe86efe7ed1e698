"""The one entry for developing 师训通: ``python3 dev.py COMMAND``.

Needs nothing but Python 3.11 or newer, on Windows and Linux; every command first brings what is
missing (system packages where it may, virtual environment, locked libraries, fonts and icons).
"""

from __future__ import annotations

import argparse
import sys

from devtools import checks, demo, packaging, program
from devtools.console import say, use_utf8
from devtools.environment import SetupError, prepare

HANDS_ON = {"run", "test", "bench"}
"""Commands whose further arguments are meant for the program they start."""


def parse(arguments: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """Read the command line: our options, and what is handed on to another program."""
    parser = argparse.ArgumentParser(
        prog="dev.py", description="师训通开发入口：缺什么补什么，然后做所要的事。"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    commands.add_parser("setup", help="准备好环境：虚拟环境、程序库、字体、图标")
    commands.add_parser(
        "run", add_help=False, help="打开窗口，其后的参数转交程序；没有屏幕时改做 demo"
    )
    show = commands.add_parser("demo", help="从名册到证书做一遍全程工作，结果放在 out/")
    show.add_argument("--out", default="out", help="放结果的文件夹")
    commands.add_parser("test", add_help=False, help="运行测试，其后的参数转交 pytest")
    check = commands.add_parser("check", help="格式、规范、依赖方向、类型、测试")
    check.add_argument("--long", action="store_true", help="连同需要几十分钟的测试")
    check.add_argument("--no-tests", action="store_true", help="只查代码，不运行测试")
    commands.add_parser("bench", add_help=False, help="测速度，给出各项比值")
    commands.add_parser("package", help="打包成免安装的文件夹，并让它自检")
    options, rest = parser.parse_known_args(arguments)
    if rest and options.command not in HANDS_ON:
        parser.error(f"不认识的参数：{' '.join(rest)}")
    return options, rest


def perform(options: argparse.Namespace, rest: list[str]) -> int:
    """Do what was asked and give the exit code."""
    match options.command:
        case "setup":
            say("环境已就绪。")
            return 0
        case "run":
            return program.open_window(rest)
        case "demo":
            return demo.show(options.out)
        case "test":
            return checks.test(rest)
        case "check":
            return checks.check(long=options.long, tests=not options.no_tests)
        case "bench":
            return program.bench(rest)
        case _:
            return packaging.package()


def main(arguments: list[str]) -> int:
    """Prepare the folder, then perform the command."""
    use_utf8()
    options, rest = parse(arguments)
    try:
        prepare(again=options.command == "setup")
        return perform(options, rest)
    except SetupError as error:
        say(str(error))
        return 3
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

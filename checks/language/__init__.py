"""The answer language: what students write, read into trees and evaluated exactly. Nothing is ever executed."""

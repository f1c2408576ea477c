"""The form of an update as a workbook, to be filled in without a line: written, read back, planned and then saved.

Every row carries a code in a grey column (D2.3, csirt.status, threats.fraud, requests.4) and every column a name in a
hidden row, so that columns may move and headings may stand in another language.
"""

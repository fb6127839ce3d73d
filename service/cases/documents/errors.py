"""Why an upload is not taken: one class per reason, each with a sentence that says what to do instead."""

from __future__ import annotations

from service.platform.problems import Conflict, Invalid, TooLarge, UnsupportedMedia


class FileTooLarge(TooLarge):
    code, title = "file_too_large", "文件太大"
    detail = "文件超过 8 MB 了，请压缩一下，或者重新拍一张小一点的照片。"


class FileTypeRefused(UnsupportedMedia):
    code, title = "file_type", "格式不支持"
    detail = "这种文件我们打不开，请上传 jpg、png、webp、heic 图片或 PDF。"


class FileEmpty(Invalid):
    code, title = "file_empty", "空文件"
    detail = "这个文件是空的，请重新选择文件上传。"


class FileDamaged(Invalid):
    code, title = "file_damaged", "文件打不开"
    detail = "这个文件打不开，可能没传完整，请重新拍照或重新导出后再上传。"


class PictureTooLarge(Invalid):
    code, title = "picture_too_large", "图片尺寸太大"
    detail = "图片的尺寸太大了（超过 2400 万像素），请用手机截屏或压缩后再上传。"


class PdfLocked(Invalid):
    code, title = "pdf_locked", "PDF 有密码"
    detail = "这份 PDF 加了密码，我们打不开。请去掉密码后再上传，不要把密码发给我们。"


class PdfTooLong(Invalid):
    code, title = "pdf_too_long", "PDF 页数太多"
    detail = "这份 PDF 超过 20 页了，请只保留需要的页再上传。"


class PdfTooComplex(Invalid):
    code, title = "pdf_too_complex", "PDF 太复杂"
    detail = "这份 PDF 太复杂，我们没能打开。请打印成普通 PDF，或者直接拍照上传。"


class PdfActive(Invalid):
    code, title = "pdf_active", "PDF 含有附件或脚本"
    detail = "这份 PDF 里有附件或脚本，为了安全我们不收。请打印成普通 PDF，或者直接拍照上传。"


class TooManyFiles(Conflict):
    code, title = "too_many_files", "文件太多"
    detail = "这份申请的文件已经够多了，请先删掉不需要的再上传。"


class DocumentClosed(Conflict):
    code, title = "document_closed", "现在不能上传"
    detail = "这份材料现在不需要上传，进度有变化时我们会告诉您。"
